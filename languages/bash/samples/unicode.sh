echo "žluťoučký 日本 🦀"
