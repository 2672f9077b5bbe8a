source ./greetings.sh

greet "another file"
