echo "started"
while true; do
    :
done
