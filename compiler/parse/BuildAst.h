//===- BuildAst.h - ANTLR's tree to ours ------------------------*- C++ -*-===//

#ifndef PDEC_PARSE_BUILDAST_H
#define PDEC_PARSE_BUILDAST_H

#include "compiler/parse/Tokens.h"

#include "PdeParser.h"

namespace pdec::syntax {

/// The statement of a tree without errors. Numbers out of range are reported.
ast::StatementPtr buildStatement(grammar::PdeParser::StatementContext *tree,
                                 const Places &places,
                                 DiagnosticEngine &diagnostics);

} // namespace pdec::syntax

#endif // PDEC_PARSE_BUILDAST_H
