// Scripts of pdec for tree-sitter. The words are in words.json, which
// editors/generate writes; what they build is what grammar/PdeParser.g4 has.
// Newlines end nothing: a statement ends where the next one begins.

const words = require("./words.json");

const PREC = {
  arrow: 1, // if, maps and fixpoints reach as far to the right as they can
  or: 2,
  and: 3,
  not: 4,
  compare: 5,
  sum: 6,
  product: 7,
  sign: 8,
  power: 9,
  call: 10,
};

const list = (rule) => seq(rule, repeat(seq(",", rule)));

module.exports = grammar({
  name: "pdec",
  word: ($) => $.identifier,
  extras: ($) => [/[ \t\r\n\f]/, $.comment],
  supertypes: ($) => [$._statement, $._expression],
  inline: ($) => [$._on_grid],
  // What comes behind tells: (u) alone, or (u) -> ...; in a fixpoint, values or
  // the first variables of an assignment.
  conflicts: ($) => [[$.map_formals, $._expression], [$._names, $._expression]],

  rules: {
    script: ($) => repeat($._statement),

    _statement: ($) =>
      choice(
        $.grid_statement, $.param_statement, $.input_statement,
        $.let_statement, $.fun_statement, $.scheme_statement,
        $.evolve_statement, $.solve_statement, $.train_statement,
        $.output_statement, $.require_statement, $.import_statement),

    // -- grids --------------------------------------------------------------

    grid_statement: ($) =>
      seq("grid", field("name", $.name), ":", $.dimension,
          optional(seq("(", list(field("axis", $.name)), ")")),
          repeat(seq(",", $._grid_clause))),
    _grid_clause: ($) =>
      choice($.boundary_clause, $.side, $.size_clause, $.spacing_clause,
             $.extent_clause),
    // Further sides stand behind it: so a comma decides nothing.
    boundary_clause: ($) => seq("boundary", choice($._rule, $.side)),
    side: ($) =>
      choice(seq(field("axis", $.identifier), choice("low", "high"), $._rule),
             seq(choice("low", "high"), $._rule),
             seq(field("axis", $.identifier), $._rule)),
    _rule: ($) =>
      choice($.plain_rule, $.value_rule, $.robin_rule),
    plain_rule: () => choice("reflecting", "periodic", "extrapolated"),
    value_rule: ($) => seq(choice("dirichlet", "neumann"), $._expression),
    robin_rule: ($) =>
      seq("robin", "(", $._expression, ",", $._expression, ",", $._expression,
          ")"),
    size_clause: ($) => seq("size", $._expression),
    spacing_clause: ($) => seq("spacing", $._expression),
    extent_clause: ($) => seq("extent", "[", list($._expression), "]"),

    // -- declarations -------------------------------------------------------

    param_statement: ($) =>
      seq(optional("trainable"), "param", list($.param)),
    param: ($) =>
      seq(field("name", $.name),
          optional(seq(":", field("type", $.name), optional($.extents))),
          "=", field("value", $._expression),
          optional(seq("where", $._expression))),
    extents: ($) => seq("[", list($._expression), "]"),
    input_statement: ($) =>
      seq("input", field("name", $.name), $._on_grid,
          optional(seq(",", "faces", $._expression)),
          optional(seq("=", field("value", $._expression)))),
    _on_grid: ($) =>
      seq("on", field("grid", $.name),
          repeat(seq(".", field("axis", $.name))),
          optional(seq(",", $.boundary_clause, repeat(seq(",", $.side))))),
    let_statement: ($) => seq("let", list($.let)),
    let: ($) =>
      seq($._names, optional($._on_grid), "=", $._expression),
    fun_statement: ($) =>
      seq(choice("fun", "hierarchy"), field("name", $.name), $.formals, "=",
          $._body),
    scheme_statement: ($) =>
      seq("scheme", field("name", $.name), optional($.formals), ":", $._names,
          "->", $._body),
    formals: ($) => seq("(", optional(list($.formal)), ")"),
    formal: ($) =>
      seq(field("name", $.name), optional(seq("=", $._expression))),
    _names: ($) => list($.name),

    // -- what runs ----------------------------------------------------------

    evolve_statement: ($) =>
      seq("evolve", $._names, optional($._on_grid), "from", list($._expression),
          "by", $._expression,
          choice(seq("for", $._expression, "steps"),
                 seq("until", $._expression, optional($._at_most))),
          repeat($.record)),
    record: ($) =>
      seq("record", field("name", $.name), "=", $._expression, "every",
          $._expression),
    solve_statement: ($) =>
      seq("solve", $._expression, "=", $._expression,
          optional(seq("from", $._expression)), "by", $._expression, "until",
          $._expression, optional($._at_most)),
    _at_most: ($) =>
      prec.right(seq($.at_most, $._expression,
                     optional(seq("else", "accept")))),
    train_statement: ($) =>
      seq("train", $._names, "minimising", $._expression, "by", $._expression,
          "for", $._expression, "epochs",
          optional(seq(",", "batch", $._expression))),
    require_statement: ($) => seq("require", $._expression, ",", $.text),
    import_statement: ($) => seq("import", field("path", $.text)),
    output_statement: ($) => seq("output", list($.output)),
    output: ($) => seq(field("name", $.name), optional(seq("=", $._expression))),

    // -- blocks -------------------------------------------------------------

    _body: ($) => choice($.block, $._expression),
    block: ($) =>
      seq("{", repeat($._item), optional($.return), "}"),
    return: ($) => seq("return", $._expression),
    _item: ($) =>
      choice($.let_statement, $.solve_statement, $.evolve_statement,
             $.require_statement, $.var_statement, $.assignment, $.loop),
    var_statement: ($) => seq("var", list($.var)),
    var: ($) => seq($._names, "=", $._expression),
    assignment: ($) => seq($._names, "=", list($._expression)),
    loop: ($) =>
      seq("for", field("counter", $.name), "in", $._expression, "..",
          $._expression, $.block),

    // -- expressions --------------------------------------------------------

    _expression: ($) =>
      choice(
        $.number, $.boolean, $.name, $.parenthesis, $.list, $.member,
        $.adjoint, $.call, $.index, $.sign, $.product, $.sum, $.power, $.comparison,
        $.not, $.and, $.or, $.if, $.map, $.fixpoint),
    parenthesis: ($) => seq("(", $._expression, ")"),
    list: ($) => seq("[", list($._expression), "]"),
    member: ($) => prec.left(PREC.call, seq($._expression, ".", $.name)),
    adjoint: ($) => prec.left(PREC.call, seq($._expression, "'")),
    call: ($) =>
      prec.left(PREC.call,
                seq(field("function", $._expression), "(",
                    optional(list($.argument)), ")")),
    index: ($) =>
      prec.left(PREC.call, seq($._expression, "[", list($._expression), "]")),
    argument: ($) =>
      seq(optional(seq(field("name", $.name), "=")), $._expression),
    power: ($) =>
      prec.right(PREC.power, seq($._expression, "^", $._expression)),
    sign: ($) => prec(PREC.sign, seq(choice("-", "+"), $._expression)),
    product: ($) =>
      prec.left(PREC.product,
                seq($._expression, choice("*", "/"), $._expression)),
    sum: ($) =>
      prec.left(PREC.sum, seq($._expression, choice("+", "-"), $._expression)),
    comparison: ($) =>
      prec.left(PREC.compare,
                seq($._expression,
                    choice("<", "<=", ">", ">=", "==", "!="), $._expression)),
    not: ($) => prec(PREC.not, seq("not", $._expression)),
    and: ($) =>
      prec.left(PREC.and, seq($._expression, "and", $._expression)),
    or: ($) => prec.left(PREC.or, seq($._expression, "or", $._expression)),
    if: ($) =>
      prec.right(PREC.arrow,
                 seq("if", $._expression, "then", $._body, "else", $._body)),
    map: ($) =>
      prec.right(PREC.arrow,
                 seq(choice($.name, $.map_formals), "->", $._body)),
    map_formals: ($) => seq("(", list($.name), ")"),
    fixpoint: ($) =>
      prec.right(PREC.arrow,
                 seq("fixpoint", $._names, "from", list($._expression),
                     "{", optional(seq(repeat($._item), "return")),
                     list($._expression), "}", "until", $._expression,
                     optional($._at_most))),

    // -- words --------------------------------------------------------------

    // Clauses and rules are names wherever no statement expects them.
    name: ($) =>
      choice($.identifier,
             alias(choice(...words.clause, ...words.rule), $.identifier)),
    boolean: () => choice("true", "false"),
    // One token, since a comma may also end what stands before it.
    at_most: () => token(prec(1, /,\s*at\s+most/)),
    dimension: () => token(prec(1, /\d+d/)),
    number: () =>
      token(choice(/\d+/, /\d+\.\d+([eE][+-]?\d+)?/, /\.\d+([eE][+-]?\d+)?/,
                   /\d+[eE][+-]?\d+/)),
    identifier: () => /[\p{L}_][\p{L}\p{M}\p{N}_]*/,
    text: () => token(/"[^"\r\n]*"/),
    comment: () => token(seq("#", /[^\r\n]*/)),
  },
});
