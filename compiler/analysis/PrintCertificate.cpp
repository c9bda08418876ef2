//===- PrintCertificate.cpp - certificates for people and machines --------===//

#include "compiler/analysis/Certificate.h"
#include "compiler/support/NumberText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <set>

namespace pdec::analysis {

std::string keywordOf(Statement statement) {
  switch (statement) {
#define PDEC_STATEMENT(NAME, KEYWORD, SENTENCE, NETWORK, LABEL)                \
  case Statement::NAME:                                                        \
    return KEYWORD;
#include "compiler/analysis/Statements.def"
  }
  llvm_unreachable("a statement");
}

/// What a step is in a network.
static std::string blockOf(Theorem theorem) {
  switch (theorem) {
#define PDEC_THEOREM(NAME, KEYWORD, TITLE, BLOCK)                              \
  case Theorem::NAME:                                                          \
    return BLOCK;
#include "compiler/analysis/Statements.def"
  }
  llvm_unreachable("a theorem");
}

std::string sentenceOf(const Claim &claim, const std::string &field,
                       Words words) {
  switch (claim.statement) {
#define PDEC_STATEMENT(NAME, KEYWORD, SENTENCE, NETWORK, LABEL)                \
  case Statement::NAME:                                                        \
    return words == Words::Scheme                                              \
               ? llvm::formatv(SENTENCE, field).str()                          \
               : llvm::formatv(NETWORK, field, blockOf(claim.theorem)).str();
#include "compiler/analysis/Statements.def"
  }
  llvm_unreachable("a statement");
}

static std::string labelOf(Statement statement) {
  switch (statement) {
#define PDEC_STATEMENT(NAME, KEYWORD, SENTENCE, NETWORK, LABEL)                \
  case Statement::NAME:                                                        \
    return LABEL;
#include "compiler/analysis/Statements.def"
  }
  llvm_unreachable("a statement");
}

std::string labelOf(const EvolutionCertificate &evolution) {
  std::vector<std::string> labels;
  bool isOfSolution = false;
  for (const Claim &claim : evolution.claims) {
    if (!claim.holds)
      continue;
    labels.push_back(labelOf(claim.statement));
    isOfSolution |= claim.theorem == Theorem::Implicit;
  }
  return llvm::join(labels, ", ") + (isOfSolution ? " (solved exactly)" : "");
}

std::string keywordOf(Theorem theorem) {
  switch (theorem) {
#define PDEC_THEOREM(NAME, KEYWORD, TITLE, BLOCK)                              \
  case Theorem::NAME:                                                          \
    return KEYWORD;
#include "compiler/analysis/Statements.def"
  }
  llvm_unreachable("a theorem");
}

std::string titleOf(Theorem theorem) {
  switch (theorem) {
#define PDEC_THEOREM(NAME, KEYWORD, TITLE, BLOCK)                              \
  case Theorem::NAME:                                                          \
    return TITLE;
#include "compiler/analysis/Statements.def"
  }
  llvm_unreachable("a theorem");
}

/// Six digits, rounded away from what would claim too much.
static std::string rounded(double value, bool up) {
  return pdec::rounded(value, 6, up);
}

static std::string range(const Interval &interval) {
  return "[" + rounded(interval.low(), false) + ", " +
         rounded(interval.high(), true) + "]";
}

static std::string placeText(const Place &place) {
  if (!place.line)
    return "";
  return llvm::sys::path::filename(place.file).str() + ":" +
         std::to_string(place.line) + ":" + std::to_string(place.column);
}

/// What is known of an operator. The same one may be applied at several places.
static std::string lineOf(const OperatorUse &use) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "    " << use.name << ", " << use.rules << ": "
      << (use.gain ? "||K||^2" : "|eigenvalues|")
      << " <= " << rounded(use.normSquared, true) << " (" << use.bound << ")";
  if (use.gain && !use.gain->isCertainly(1))
    out << "; Phi(s)/s in " << range(*use.gain);
  if (use.gain && use.slopes && use.slopes->isBounded() &&
      !use.slopes->isSame(*use.gain))
    out << ", slopes in " << range(*use.slopes);
  out << "\n";
  return text;
}

static void printEvolution(llvm::raw_ostream &out,
                           const EvolutionCertificate &evolution, Words words) {
  std::string field = evolution.fields.empty()
                          ? "the field"
                          : llvm::join(evolution.fields, ", ");
  out << placeText(evolution.place) << ": " << field << "\n";
  for (const Claim &claim : evolution.claims) {
    if (!claim.holds)
      continue;
    out << "  proved: " << sentenceOf(claim, field, words) << "\n"
        << "    by the theorem '" << titleOf(claim.theorem)
        << "' (certificates.md#" << keywordOf(claim.theorem) << ")";
    if (claim.theorem == Theorem::Implicit)
      out << ", where its iteration is solved exactly";
    if (claim.holdsForAll)
      out << ",\n    for all values that parameters may have, on grids of any "
             "size";
    if (claim.limit && std::isfinite(*claim.limit) &&
        *claim.limit < evolution.step->limit)
      out << ",\n    up to " << evolution.step->param << " = "
          << rounded(*claim.limit, false);
    out << "\n";
  }
  for (const Claim &claim : evolution.claims)
    if (!claim.holds && claim.limit)
      out << "  up to " << evolution.step->param << " = "
          << rounded(*claim.limit, false)
          << " only: " << sentenceOf(claim, field, words) << "\n";
  if (evolution.keepsMean)
    out << "  proved: the mean of " << field << " stays the same\n";
  if (!evolution.holds()) {
    out << "  nothing is proved about growth";
    if (!evolution.obstacle.empty())
      out << ": " << evolution.obstacle;
    std::string place = placeText(evolution.obstaclePlace);
    if (!place.empty())
      out << " (" << place << ")";
    out << "\n";
    if (!evolution.claims.empty() && evolution.claims[0].growth)
      out << "    a step multiplies the norm by "
          << rounded(*evolution.claims[0].growth, true) << " at most\n";
  }
  if (evolution.step) {
    out << "    " << evolution.step->param << " = "
        << fewestDigits(evolution.step->value);
    if (std::isfinite(evolution.step->limit))
      out << ", and up to " << rounded(evolution.step->limit, false) << "\n";
    else
      out << ", and for any other\n";
  }
  if (evolution.contraction) {
    if (*evolution.contraction < 1)
      out << "    a pass of the iteration reduces the error to "
          << rounded(*evolution.contraction, true) << " of it at most\n";
    else
      out << "    that the iteration converges is not proved\n";
  }
  std::set<std::string> known;
  for (const OperatorUse &use : evolution.operators)
    if (std::string line = lineOf(use); known.insert(line).second)
      out << line;
}

/// Digits that an estimate has, not those of a double.
static std::string estimated(double factor) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", factor);
  return text;
}

static void printEstimate(llvm::raw_ostream &out, const Estimate &estimate) {
  std::string place = placeText(estimate.place);
  out << place << (place.empty() ? "" : ": ")
      << (estimate.field.empty() ? "a loop" : estimate.field) << "\n";
  if (!estimate.factor) {
    out << "  no estimate by local Fourier analysis: " << estimate.obstacle;
    std::string obstacle = placeText(estimate.obstaclePlace);
    out << (obstacle.empty() ? "" : " (" + obstacle + ")") << "\n";
    return;
  }
  out << "  estimate, local Fourier analysis";
  if (estimate.levels > 1)
    out << " of " << estimate.levels << " levels";
  out << ": a pass reduces the error to " << estimated(*estimate.factor)
      << " of it\n";
  for (double factor : estimate.smoothers)
    out << "    a sweep reduces high frequencies to " << estimated(factor)
        << " (smoothing factor)\n";
}

std::string asText(const Certificate &certificate, Words words) {
  std::string text;
  llvm::raw_string_ostream out(text);
  for (const EvolutionCertificate &evolution : certificate.evolutions)
    printEvolution(out, evolution, words);
  for (const Estimate &estimate : certificate.estimates)
    printEstimate(out, estimate);
  return text;
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// JSON has no infinity: null says that there is no bound.
static llvm::json::Value number(double value) {
  if (std::isfinite(value))
    return value;
  return nullptr;
}

static llvm::json::Value asJson(const std::optional<Interval> &interval) {
  if (!interval)
    return nullptr;
  return llvm::json::Array{number(interval->low()), number(interval->high())};
}

static llvm::json::Value asJson(const Place &place) {
  if (!place.line)
    return nullptr;
  return llvm::json::Object{{"line", place.line}, {"column", place.column}};
}

static llvm::json::Value asJson(const EvolutionCertificate &evolution) {
  llvm::json::Array claims, operators;
  for (const Claim &claim : evolution.claims)
    claims.push_back(llvm::json::Object{
        {"statement", keywordOf(claim.statement)},
        {"theorem", keywordOf(claim.theorem)},
        {"holds", claim.holds},
        {"for_all_parameters", claim.holdsForAll},
        {"of_exact_solution", claim.theorem == Theorem::Implicit},
        {"limit", claim.limit ? number(*claim.limit) : nullptr},
        {"growth", claim.growth ? number(*claim.growth) : nullptr}});
  for (const OperatorUse &use : evolution.operators)
    operators.push_back(
        llvm::json::Object{{"name", use.name},
                           {"rules", use.rules},
                           {"norm_squared", number(use.normSquared)},
                           {"bound", use.bound},
                           {"gain", asJson(use.gain)},
                           {"slopes", asJson(use.slopes)},
                           {"place", asJson(use.place)}});
  llvm::json::Object made{{"fields", llvm::json::Array(evolution.fields)},
                          {"place", asJson(evolution.place)},
                          {"claims", std::move(claims)},
                          {"operators", std::move(operators)},
                          {"keeps_mean", evolution.keepsMean}};
  if (evolution.step)
    made["step"] = llvm::json::Object{{"param", evolution.step->param},
                                      {"value", evolution.step->value},
                                      {"limit", number(evolution.step->limit)}};
  if (evolution.contraction)
    made["contraction"] = number(*evolution.contraction);
  if (!evolution.holds())
    made["obstacle"] = evolution.obstacle;
  return made;
}

static llvm::json::Value asJson(const Estimate &estimate) {
  llvm::json::Array smoothers;
  for (double factor : estimate.smoothers)
    smoothers.push_back(number(factor));
  llvm::json::Object made{{"field", estimate.field},
                          {"place", asJson(estimate.place)},
                          {"method", "local Fourier analysis"},
                          {"levels", estimate.levels}};
  if (estimate.factor) {
    made["factor"] = number(*estimate.factor);
    made["smoothing_factors"] = std::move(smoothers);
  } else {
    made["obstacle"] = estimate.obstacle;
  }
  return made;
}

std::string asJson(const Certificate &certificate, Layout layout) {
  llvm::json::Array evolutions, estimates;
  for (const EvolutionCertificate &evolution : certificate.evolutions)
    evolutions.push_back(asJson(evolution));
  for (const Estimate &estimate : certificate.estimates)
    estimates.push_back(asJson(estimate));
  llvm::json::Value whole =
      llvm::json::Object{{"program", certificate.program},
                         {"evolutions", std::move(evolutions)},
                         {"estimates", std::move(estimates)}};
  return layout == Layout::Lines ? llvm::formatv("{0:2}\n", whole).str()
                                 : llvm::formatv("{0}", whole).str();
}

} // namespace pdec::analysis
