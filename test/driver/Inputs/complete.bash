# What bash would offer for command lines: bash complete.bash SCRIPT LINE...
source "$1"
shift
for line in "$@"; do
  # As bash takes a line apart.
  read -ra COMP_WORDS <<< "${line//=/ = }"
  [[ $line == *[\ =] ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _pdec
  echo "$line: ${COMPREPLY[*]}"
done
