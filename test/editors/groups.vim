" Prints which groups the syntax file gives to the scripts of the command line:
" 'file' and then 'line begin-end group', columns in bytes from 0.
set nocompatible nomore encoding=utf-8
let &runtimepath = $PDE_VIM . ',' . &runtimepath
filetype plugin indent on
syntax on
set synmaxcol=0
let s:found = []
for s:file in argv()
  execute 'silent edit' fnameescape(s:file)
  call add(s:found, 'file ' . &filetype)
  for s:line in range(1, line('$'))
    let s:begin = 0
    let s:group = ''
    for s:column in range(1, len(getline(s:line)) + 1)
      let s:here = synIDattr(synID(s:line, s:column, 1), 'name')
      if s:here !=# s:group
        if s:group !=# ''
          call add(s:found, (s:line - 1) . ' ' . s:begin . '-'
                \ . (s:column - 1) . ' ' . s:group)
        endif
        let s:begin = s:column - 1
        let s:group = s:here
      endif
    endfor
    if s:group !=# ''
      call add(s:found, (s:line - 1) . ' ' . s:begin . '-'
            \ . len(getline(s:line)) . ' ' . s:group)
    endif
  endfor
endfor
call writefile(s:found, $PDE_OUT)
qall!
