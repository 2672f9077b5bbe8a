print("žluťoučký 日本 🦀")
