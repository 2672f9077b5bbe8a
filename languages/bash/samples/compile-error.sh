if true; then
    for
fi
