" Runs the compiler of the script and prints the places that it tells.
set nocompatible nomore encoding=utf-8 shellpipe=>%s\ 2>&1
let &runtimepath = $PDE_VIM . ',' . &runtimepath
filetype plugin indent on
execute 'silent edit' fnameescape(argv(0))
silent make!
call writefile(map(filter(getqflist(), 'v:val.valid'), {_, place ->
      \ bufname(place.bufnr) . ':' . place.lnum . ':' . place.col . ' '
      \ . place.type . ' ' . place.text}), $PDE_OUT)
qall!
