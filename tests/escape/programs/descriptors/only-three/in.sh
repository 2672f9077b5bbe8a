# Looks for descriptors of a shell and where they lead.
# expect: stopped

count=0
for ((fd = 0; fd < 1024; fd++)); do
    # bash keeps its script open at 255.
    [ -e "/proc/$$/fd/$fd" ] && [ $fd != 255 ] || continue
    count=$((count + 1))
    [ $fd -gt 2 ] && echo "ESCAPED: $fd is open"
done
for fd in 0 1 2; do
    case "$(readlink /proc/$$/fd/$fd)" in
        /dev/null | /memfd:* | pipe:*) ;;
        *) echo "ESCAPED: $fd leads to $(readlink /proc/$$/fd/$fd)" ;;
    esac
done
[ "$count" = 3 ] && echo stopped
