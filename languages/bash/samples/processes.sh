sum() {
    local total=0 number
    for ((number = $1; number < $1 + 25; number++)); do
        ((total += number))
    done
    echo "$total" > "part.$1"
}

for first in 1 26 51 76; do
    sum "$first" &
done
wait
cat part.* | { total=0; while read -r part; do ((total += part)); done; echo "$total"; }
