console.log("žluťoučký 日本 🦀");
