; Colours of pdec's scripts. The words of the library are in words.json.

(comment) @comment
(text) @string
(number) @number
(dimension) @number
(boolean) @boolean

[
  "grid" "param" "input" "let" "fun" "hierarchy" "scheme" "evolve" "solve"
  "train" "trainable" "output" "require" "import" "var" "for" "in" "return" "if" "then" "else" "and" "or" "not"
  "where" "fixpoint" "until" "on" "from" "by" "steps" "size" "spacing" "extent"
  "faces" "boundary" "low" "high" "accept" "record" "every"
  "minimising" "epochs" "batch"
] @keyword
(at_most) @keyword
[
  "reflecting" "periodic" "extrapolated" "dirichlet" "neumann" "robin"
] @constant.builtin

(param type: (name) @type)
(grid_statement name: (name) @type)
(param name: (name) @variable.parameter)
(formal name: (name) @variable.parameter)
(argument name: (name) @variable.parameter)
(fun_statement name: (name) @function)
(scheme_statement name: (name) @function)
(call function: (name) @function.call)
(side axis: (identifier) @property)
(name) @variable

["->" ".." "<" "<=" ">" ">=" "==" "!=" "=" "+" "-" "*" "/" "^" "'"] @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ":" "."] @punctuation.delimiter
