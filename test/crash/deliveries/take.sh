# Puts what it is given into a file, as a store of secrets would.
umask 077
cat > "$1"
