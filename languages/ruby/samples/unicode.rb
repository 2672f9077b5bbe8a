puts "žluťoučký 日本 🦀"
