// One statement at a time: the compiler cuts a script into statements before
// it parses them, so that a mistake in one hides no mistake in the next.
parser grammar PdeParser;

options { tokenVocab = PdeLexer; }

statement
  : ( gridStatement
    | paramStatement
    | inputStatement
    | letStatement
    | funStatement
    | hierarchyStatement
    | schemeStatement
    | evolveStatement
    | solveStatement
    | trainStatement
    | outputStatement
    | requireStatement
    | importStatement
    ) EOF
  ;

gridStatement
  : GRID name COLON DIMENSION axisNames? (COMMA gridClause)*
  ;

axisNames : LPAREN names RPAREN ;

gridClause
  : BOUNDARY boundaryRule                          # boundaryClause
  | BOUNDARY sideRule (COMMA sideRule)*            # sidesClause
  | SIZE expr                                      # sizeClause
  | SPACING expr                                   # spacingClause
  | EXTENT LBRACKET expr (COMMA expr)+ RBRACKET    # extentClause
  ;

sideRule : NAME? (LOW | HIGH) boundaryRule | NAME boundaryRule ;

boundaryRule
  : REFLECTING | PERIODIC | EXTRAPOLATED
  | (DIRICHLET | NEUMANN) expr
  | ROBIN LPAREN expr COMMA expr COMMA expr RPAREN
  ;

// The grid of a field, maybe with those of its axes alone that are named, and
// the field's own boundary rule.
onGrid : ON name (DOT name)* (COMMA fieldBoundary)? ;

fieldBoundary
  : BOUNDARY (boundaryRule | sideRule (COMMA sideRule)*)
  ;

paramStatement : TRAINABLE? PARAM paramEntry (COMMA paramEntry)* ;

paramEntry : name (COLON name extents?)? ASSIGN expr (WHERE expr)? ;

// Of an array of numbers.
extents : LBRACKET expr (COMMA expr)* RBRACKET ;

// With the faces on which an operator's results live.
inputStatement : INPUT name onGrid (COMMA FACES expr)? (ASSIGN expr)? ;

letStatement : LET letEntry (COMMA letEntry)* ;

letEntry : names onGrid? ASSIGN expr ;

funStatement : FUN name LPAREN formals? RPAREN ASSIGN body ;

// A function that calls itself on coarser levels.
hierarchyStatement
  : HIERARCHY name LPAREN formals? RPAREN ASSIGN body
  ;

schemeStatement : SCHEME name (LPAREN formals? RPAREN)? COLON names ARROW body ;

evolveStatement
  : EVOLVE names onGrid? FROM expr (COMMA expr)* BY expr
    (FOR expr STEPS | UNTIL expr (COMMA atMost)?) recordClause*
  ;

recordClause : RECORD name ASSIGN expr EVERY expr ;

solveStatement
  : SOLVE expr ASSIGN expr (FROM expr)? BY expr UNTIL expr
    (COMMA atMost)?
  ;

trainStatement
  : TRAIN names MINIMISING expr BY expr FOR expr EPOCHS (COMMA BATCH expr)?
  ;

atMost : AT MOST expr (ELSE ACCEPT)? ;

outputStatement : OUTPUT outputEntry (COMMA outputEntry)* ;

outputEntry : name (ASSIGN expr)? ;

requireStatement : REQUIRE expr COMMA TEXT ;

// The declarations of another file, as if they stood here.
importStatement : IMPORT TEXT ;

formals : formal (COMMA formal)* ;

formal : name (ASSIGN expr)? ;

names : name (COMMA name)* ;

body : block | expr ;

block : LBRACE blockItem* (RETURN expr)? RBRACE ;

blockItem
  : letStatement                                   # letItem
  | solveStatement                                 # solveItem
  | evolveStatement                                # evolveItem
  | requireStatement                               # requireItem
  | VAR varEntry (COMMA varEntry)*                 # varItem
  | names ASSIGN expr (COMMA expr)*                # assignItem
  | FOR name IN expr RANGE expr block              # forItem
  ;

varEntry : names ASSIGN expr ;

// From the tightest to the loosest; as in mathematics, -s^2 is -(s^2).
expr
  : primary                                        # primaryExpr
  | expr DOT name                                  # memberExpr
  | expr QUOTE                                     # adjointExpr
  | expr LPAREN arguments? RPAREN                  # callExpr
  | expr LBRACKET expr (COMMA expr)* RBRACKET      # indexExpr
  | <assoc=right> expr CARET expr                  # powerExpr
  | (MINUS | PLUS) expr                            # signExpr
  | expr (STAR | SLASH) expr                       # productExpr
  | expr (PLUS | MINUS) expr                       # sumExpr
  | expr (LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | EQUAL | NOT_EQUAL) expr
                                                   # compareExpr
  | NOT expr                                       # notExpr
  | expr AND expr                                  # andExpr
  | expr OR expr                                   # orExpr
  | IF expr THEN body ELSE body                    # ifExpr
  | (name | LPAREN names RPAREN) ARROW body        # arrowExpr
  | FIXPOINT names FROM expr (COMMA expr)* LBRACE (blockItem* RETURN)?
    fixpointValues RBRACE UNTIL expr (COMMA atMost)?
                                                   # fixpointExpr
  ;

primary
  : (INTEGER | REAL | TRUE | FALSE)                # literal
  | name                                           # nameExpr
  | LPAREN expr RPAREN                             # parenExpr
  | LBRACKET expr (COMMA expr)* RBRACKET           # listExpr
  ;

fixpointValues : expr (COMMA expr)* ;

arguments : argument (COMMA argument)* ;

argument : (name ASSIGN)? expr ;

name
  : NAME | ON | FROM | BY | STEPS | SIZE | SPACING | EXTENT | FACES | BOUNDARY
  | REFLECTING | PERIODIC | DIRICHLET | NEUMANN | ROBIN | EXTRAPOLATED | LOW
  | HIGH | AT | MOST | ACCEPT | RECORD | EVERY | MINIMISING | EPOCHS | BATCH
  ;
