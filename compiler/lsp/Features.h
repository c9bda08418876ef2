//===- Features.h - what editors ask about a script -------------*- C++ -*-===//
//
// One function for each request of the protocol; results are as the protocol
// has them, null where there is nothing to say. Places are offsets into the
// document's text.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_LSP_FEATURES_H
#define PDEC_LSP_FEATURES_H

#include "compiler/lsp/Document.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace pdec::lsp {

/// Mistakes and warnings, with places that explain them.
llvm::json::Value diagnosticsOf(Document &document);
/// Changes that mend the mistakes in a range.
llvm::json::Value fixesFor(Document &document, const Range &range);

llvm::json::Value hover(Document &document, uint32_t offset);
llvm::json::Value signatureHelp(Document &document, uint32_t offset);
llvm::json::Value completions(Document &document, uint32_t offset);

llvm::json::Value definition(Document &document, uint32_t offset);
llvm::json::Value references(Document &document, uint32_t offset,
                             bool withDeclaration);
llvm::json::Value highlights(Document &document, uint32_t offset);
/// The range of a name that can be renamed, or null.
llvm::json::Value renamed(Document &document, uint32_t offset);
/// An error where the script would not mean the same.
llvm::Expected<llvm::json::Value> rename(Document &document, uint32_t offset,
                                         const std::string &newName);

llvm::json::Value symbols(Document &document);
/// What is proved, where it is of use; finds it first.
llvm::json::Value inlayHints(Document &document, const Range &range);
llvm::json::Value semanticTokens(Document &document);
/// The kinds of semantic tokens, by their numbers.
llvm::json::Value semanticTokenLegend();
/// As `pdec fmt` prints the script.
llvm::json::Value formatting(Document &document);

// What several of them need.

/// A name's declaration in one line of markdown, its details, what is proved of
/// it, and the comment that belongs to it.
std::string describeName(Document &document, const DeclaredName &name);
/// The comment above a declaration or behind it.
std::string commentOf(const Snapshot &snapshot, const DeclaredName &name);
/// "fsi(R, tau, cycle = 20)"
std::string signatureOf(const DeclaredName &name);
/// What each parameter is, as signatureOf() has it.
std::string formalText(const DeclaredName::Formal &formal);
/// Up to which value a parameter is certified, in all evolutions.
std::optional<double> certifiedLimit(const Snapshot &snapshot,
                                     const std::string &param);
/// The entry of a parameter; null if a name is none.
const ast::ParamEntry *paramEntryOf(const Snapshot &snapshot,
                                    const DeclaredName &name);

} // namespace pdec::lsp

#endif // PDEC_LSP_FEATURES_H
