" Vim itself takes *.pde for Arduino.
autocmd BufRead,BufNewFile *.pde set filetype=pde
