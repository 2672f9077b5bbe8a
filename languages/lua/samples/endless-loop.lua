io.stdout:setvbuf("line")
print("started")
while true do
end
