# Starts login shells and interactive ones.
# expect: stopped
for home in "$HOME" /work /tmp /dev/shm; do
    HOME=$home bash -l -c :
    HOME=$home bash -i -c : 2> /dev/null
    HOME=$home ENV=$home/.shrc sh -i -c : 2> /dev/null < /dev/null
done
echo stopped
