//===- Certificate.h - what is proved of a program's steps ------*- C++ -*-===//
//
// Statements about the evolutions of a program, with the numbers that they rest
// on. They are about exact arithmetic with the program's parameters, at the
// sizes of its grids; "never grows" leaves 1e-12 for the rounding of the
// scheme's own coefficients. docs/certificates.md has the theorems.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_CERTIFICATE_H
#define PDEC_ANALYSIS_CERTIFICATE_H

#include "compiler/analysis/Interval.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>
#include <vector>

namespace pdec::analysis {

/// What a theorem says, in one word for machines and a sentence for people.
enum class Statement {
#define PDEC_STATEMENT(NAME, KEYWORD, SENTENCE, NETWORK, LABEL) NAME,
#include "compiler/analysis/Statements.def"
};

/// The argument that gives a statement; a section of docs/certificates.md.
enum class Theorem {
#define PDEC_THEOREM(NAME, KEYWORD, TITLE, BLOCK) NAME,
#include "compiler/analysis/Statements.def"
};

std::string keywordOf(Statement statement);
std::string keywordOf(Theorem theorem);
std::string titleOf(Theorem theorem);

struct Place {
  std::string file;
  unsigned line = 0, column = 0;

  bool operator==(const Place &other) const {
    return file == other.file && line == other.line && column == other.column;
  }
};

/// Where in a script an operation comes from; no line, if it comes from none.
Place placeOf(mlir::Operation *op);
Place placeAt(mlir::Location location);

struct Claim {
  Statement statement;
  Theorem theorem;
  bool holds = false;
  /// For all values that parameters may have, and on grids of any size.
  bool holdsForAll = false;
  /// Where it does not hold: what a step may multiply the norm by, at most; not
  /// known without.
  std::optional<double> growth;
  /// Up to which value of the evolution's parameter it holds, where that is
  /// another one than that of the first claim.
  std::optional<double> limit;
  /// Of one explicit step u + A u: contains the eigenvalues of A.
  std::optional<Interval> eigenvalues;
};

/// An operator that the claims rest on.
struct OperatorUse {
  std::string name, rules, bound;
  double normSquared = 0;
  /// Contains the diffusivity g = Phi(s)/s, and the slopes of the flux.
  std::optional<Interval> gain, slopes;
  Place place;
};

struct EvolutionCertificate {
  std::vector<std::string> fields;
  Place place;
  std::vector<Claim> claims;
  std::vector<OperatorUse> operators;
  bool keepsMean = false;
  /// A parameter to which all that operators give is proportional, its value,
  /// and up to which value the first claim holds.
  struct Step {
    std::string param;
    double value = 0, limit = 0;
  };
  std::optional<Step> step;
  /// Fixed-point iterations: each pass divides the error by at least 1/rate.
  std::optional<double> contraction;
  /// Why nothing is claimed.
  std::string obstacle;
  Place obstaclePlace;

  /// The claim that holds before others, or else the first.
  const Claim *best() const {
    for (const Claim &claim : claims)
      if (claim.holds)
        return &claim;
    return claims.empty() ? nullptr : &claims.front();
  }
  bool holds() const { return best() && best()->holds; }
};

/// How fast an iteration converges, by local Fourier analysis: no proof.
struct Estimate {
  Place place;
  std::string field;
  /// Grids that a pass goes through.
  unsigned levels = 1;
  /// What a pass leaves of an error, in the end; not known without.
  std::optional<double> factor;
  /// What a sweep of each smoother leaves of the part of an error that the next
  /// coarser grid cannot represent; each factor once.
  std::vector<double> smoothers;
  /// Why there is no factor.
  std::string obstacle;
  Place obstaclePlace;
};

struct Certificate {
  std::string program;
  std::vector<EvolutionCertificate> evolutions;
  std::vector<Estimate> estimates;
};

enum class Detail {
  Warnings, ///< until something is proved; limits only where nothing is
  All
};

/// Of a module in the pde dialect, before it is lowered.
Certificate certify(mlir::ModuleOp module, Detail detail = Detail::All);

/// In whose words a certificate speaks.
enum class Words { Scheme, Network };

std::string sentenceOf(const Claim &claim, const std::string &field,
                       Words words = Words::Scheme);
/// All that holds, in one short line in a network's words; empty if nothing
/// does.
std::string labelOf(const EvolutionCertificate &evolution);

/// For people.
std::string asText(const Certificate &certificate, Words words = Words::Scheme);

/// For machines: in lines, or without blanks.
enum class Layout { Lines, Compact };
std::string asJson(const Certificate &certificate,
                   Layout layout = Layout::Lines);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_CERTIFICATE_H
