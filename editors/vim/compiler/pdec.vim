" Vim compiler file: pdec check, with places for the quickfix list
if exists("current_compiler")
  finish
endif
let current_compiler = "pdec"

CompilerSet makeprg=pdec\ check\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,
      \%f:%l:%c:\ %tote:\ %m,%-G%.%#
