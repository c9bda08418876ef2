#!/bin/bash
# printed-again.sh "SCRIPT OPTIONS" PDEC PDE-OPT: each stage read back.
set -euo pipefail
for stage in sweeps plan tiles rows vectors kernel; do
  first=$($2 $1 --emit $stage)
  again=$($3 <<< "$first")
  [ -n "$first" ] && [ "$first" = "$again" ] || { echo "$1: $stage"; exit 1; }
done
