// The words of the language. The lexer never fails: what it does not know
// becomes an OTHER token, for which the compiler finds its own sentence.
lexer grammar PdeLexer;

// Reserved words.
GRID    : 'grid' ;
PARAM   : 'param' ;
INPUT   : 'input' ;
LET     : 'let' ;
FUN     : 'fun' ;
SCHEME  : 'scheme' ;
EVOLVE  : 'evolve' ;
OUTPUT  : 'output' ;
IF      : 'if' ;
THEN    : 'then' ;
ELSE    : 'else' ;
FOR     : 'for' ;
IN      : 'in' ;
VAR     : 'var' ;
RETURN  : 'return' ;
TRUE    : 'true' ;
FALSE   : 'false' ;
AND     : 'and' ;
OR      : 'or' ;
NOT     : 'not' ;
WHERE   : 'where' ;
FIXPOINT  : 'fixpoint' ;
UNTIL     : 'until' ;
SOLVE     : 'solve' ;
TRAINABLE : 'trainable' ;
TRAIN     : 'train' ;
REQUIRE   : 'require' ;
IMPORT    : 'import' ;
HIERARCHY : 'hierarchy' ;

// Words only where a statement expects them; names everywhere else.
ON         : 'on' ;
FROM       : 'from' ;
BY         : 'by' ;
STEPS      : 'steps' ;
SIZE       : 'size' ;
SPACING    : 'spacing' ;
EXTENT     : 'extent' ;
FACES      : 'faces' ;
BOUNDARY   : 'boundary' ;
REFLECTING : 'reflecting' ;
PERIODIC   : 'periodic' ;
DIRICHLET  : 'dirichlet' ;
NEUMANN    : 'neumann' ;
ROBIN      : 'robin' ;
EXTRAPOLATED : 'extrapolated' ;
LOW        : 'low' ;
HIGH       : 'high' ;
AT         : 'at' ;
MOST       : 'most' ;
ACCEPT     : 'accept' ;
RECORD     : 'record' ;
EVERY      : 'every' ;
MINIMISING : 'minimising' ;
EPOCHS     : 'epochs' ;
BATCH      : 'batch' ;

ARROW         : '->' ;
RANGE         : '..' ;
LESS_EQUAL    : '<=' ;
GREATER_EQUAL : '>=' ;
EQUAL         : '==' ;
NOT_EQUAL     : '!=' ;
LESS          : '<' ;
GREATER       : '>' ;
ASSIGN        : '=' ;
PLUS          : '+' ;
MINUS         : '-' ;
STAR          : '*' ;
SLASH         : '/' ;
CARET         : '^' ;
QUOTE         : '\'' ;
LPAREN        : '(' ;
RPAREN        : ')' ;
LBRACKET      : '[' ;
RBRACKET      : ']' ;
LBRACE        : '{' ;
RBRACE        : '}' ;
COMMA         : ',' ;
COLON         : ':' ;
DOT           : '.' ;

// No number ends with a point, so that 0..9 is a range.
DIMENSION  : [0-9]+ 'd' ;
INTEGER    : [0-9]+ ;
REAL       : ([0-9]+ '.' [0-9]+ | '.' [0-9]+) EXPONENT? | [0-9]+ EXPONENT ;
// 2lambda, 0x10, 3e: named, to be told apart from two tokens in a row.
BAD_NUMBER : ([0-9]+ ('.' [0-9]+)? | '.' [0-9]+) LETTER (LETTER | MARK)* ;

NAME : LETTER (LETTER | MARK)* ;

// On one line, without escapes.
TEXT : '"' ~["\r\n]* '"' ;

COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
BLANK   : [ \t\r\n\f]+ -> skip ;
OTHER   : . ;

fragment EXPONENT : [eE] [+-]? [0-9]+ ;
fragment LETTER   : [\p{L}_] ;
fragment MARK     : [\p{M}\p{N}] ;
