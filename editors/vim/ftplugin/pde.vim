" Vim filetype plugin: scripts of pdec
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:# commentstring=#\ %s formatoptions-=t
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal suffixesadd=.pde
if executable("pdec")
  setlocal formatprg=pdec\ fmt\ -
  compiler pdec
endif

let b:undo_ftplugin = "setlocal comments< commentstring< formatoptions<"
      \ . " expandtab< shiftwidth< softtabstop< suffixesadd< formatprg<"
