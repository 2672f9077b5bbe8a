local readers = {}
for first = 1, 76, 25 do
  table.insert(readers, io.popen("expr " .. first .. " '*' 25 + 300"))
end
local total = 0
for _, reader in ipairs(readers) do
  total = total + reader:read("n")
  reader:close()
end
print(total)
