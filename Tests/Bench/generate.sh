#!/bin/sh
# Writes completions and the man page from the program's own command definitions.
# usage: generate.sh PROGRAM FOLDER
set -eu
program=$1
folder=$2
mkdir -p "$folder"
"$program" --generate-completion-script bash >"$folder/corsleuth.bash"
"$program" --generate-completion-script zsh >"$folder/_corsleuth"
"$program" --generate-completion-script fish >"$folder/corsleuth.fish"
