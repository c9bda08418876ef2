" Indents the scripts of the command line anew and writes them back.
set nocompatible nomore encoding=utf-8
let &runtimepath = $PDE_VIM . ',' . &runtimepath
filetype plugin indent on
for s:file in argv()
  execute 'silent edit' fnameescape(s:file)
  silent normal! gg=G
  silent write
endfor
qall!
