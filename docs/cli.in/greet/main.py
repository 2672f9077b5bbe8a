from words.english import GREETING

print(GREETING)
