" Vim indent file: scripts of pdec, as `pdec fmt` lays them out
if exists("b:did_indent")
  finish
endif
let b:did_indent = 1

setlocal indentexpr=GetPdeIndent(v:lnum)
setlocal indentkeys=0},!^F,o,O,0=by,0=until,0=record,0=return
let b:undo_indent = "setlocal indentexpr< indentkeys<"

if exists("*GetPdeIndent")
  finish
endif

" A line without its comment and the blanks before it.
function s:Code(number)
  return substitute(getline(a:number), '\s*#.*$', '', '')
endfunction

" How many braces are open before a line.
function s:Depth(number)
  let depth = 0
  for line in range(1, a:number - 1)
    let code = s:Code(line)
    let depth += count(code, '{') - count(code, '}')
  endfor
  return depth
endfunction

" The last line above with code in it; 0: none.
function s:Above(number)
  let line = prevnonblank(a:number - 1)
  while line > 0 && s:Code(line) =~ '^\s*$'
    let line = prevnonblank(line - 1)
  endwhile
  return line
endfunction

" Words that statements and lines of blocks begin with.
let s:begins = '^\s*\%(grid\|param\|input\|let\|fun\|hierarchy\|scheme\|evolve'
      \ . '\|solve\|output\|var\|return\|for\s\+\k\+\s\+in\)\>'
" Parts of a statement that have lines of their own.
let s:part = '^\s*\%(by\|until\|record\|for\)\>'

function GetPdeIndent(number)
  let code = s:Code(a:number)
  let above = s:Code(s:Above(a:number))
  let here = s:Depth(a:number) * shiftwidth()
  if code =~ '^\s*}'
    return here - shiftwidth()
  elseif code =~ s:begins
    return here
  elseif above =~ '^\s*param\s.*,$'
    " The next parameter below the first one.
    return matchend(above, '^\s*param\s*')
  elseif code =~ s:part
    return here + 2 * shiftwidth()
  elseif code =~ '^\s*$' && above !~ '[,=+*/^<>(\[-]$'
    return here
  elseif above =~ '{$' || code =~ '^\s*#'
    return here
  endif
  " In the middle of a statement lines stay where they are.
  return -1
endfunction
