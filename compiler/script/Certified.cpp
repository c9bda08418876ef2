//===- Certified.cpp - what is not proved, told at the script's lines -----===//

#include "compiler/script/Script.h"
#include "compiler/support/NumberText.h"

#include <algorithm>
#include <cmath>

namespace pdec::driver {

using analysis::Claim;
using analysis::EvolutionCertificate;
using analysis::OperatorUse;
using analysis::Place;

/// From a place to the end of its line, without a comment. No place at all if
/// it is not in this file.
static SourceRange restOfLine(const SourceFile &file, const Place &place) {
  if (!place.line || place.file != file.name())
    return {};
  std::string_view line = file.line(int(place.line));
  size_t end = std::min(line.find('#'), line.size());
  while (end > place.column && line[end - 1] == ' ')
    --end;
  if (place.column > end)
    return {};
  uint32_t start = uint32_t(line.data() - file.text().data());
  return {&file, start + place.column - 1, start + uint32_t(end)};
}

static std::string shortNumber(double value) {
  char digits[32];
  snprintf(digits, sizeof digits, "%.4g", value);
  return digits;
}

/// Few digits of what must not be exceeded, and of what is not.
static std::string roundedDown(double limit) {
  return rounded(limit, 4, /*up=*/false);
}
static std::string roundedUp(double bound) {
  return rounded(bound, 4, /*up=*/true);
}

static std::string fieldsOf(const EvolutionCertificate &evolution) {
  std::string text;
  for (const std::string &field : evolution.fields)
    text += (text.empty() ? "'" : ", '") + field + "'";
  return text.empty() ? "the field" : text;
}

/// What the limit rests on: L = 1, ||K||^2 <= 4 (reflecting).
static void noteOperators(Diagnostic &diagnostic, const SourceFile &file,
                          const EvolutionCertificate &evolution) {
  for (const OperatorUse &use : evolution.operators) {
    std::string text = use.name + ", " + use.rules + ": ";
    if (use.gain)
      text += "L = " + roundedUp(use.gain->high()) + ", ||K||^2 <= ";
    else
      text += "|eigenvalues| <= ";
    diagnostic.note(restOfLine(file, use.place),
                    text + roundedUp(use.normSquared));
  }
}

namespace {
/// Tells about one certificate's evolutions.
class Teller {
public:
  Teller(const SourceFile &file, DiagnosticEngine &diagnostics, bool certify)
      : file(file), diagnostics(diagnostics), certify(certify) {}

  void tell(const EvolutionCertificate &evolution);

private:
  const SourceFile &file;
  DiagnosticEngine &diagnostics;
  bool certify;

  template <typename... Args>
  Diagnostic &warn(Error error, SourceRange range, const Args &...args) {
    return certify ? diagnostics.report(error, range, args...)
                   : diagnostics.warn(error, range, args...);
  }
  bool tellLongStep(const EvolutionCertificate &evolution);
};
} // namespace

/// Whether it is the step that is too long: a shorter one is certified.
bool Teller::tellLongStep(const EvolutionCertificate &evolution) {
  const Claim &claim = evolution.claims.front();
  std::string field = fieldsOf(evolution);
  SourceRange range = restOfLine(file, evolution.place);
  bool isByParam = evolution.step && evolution.step->limit > 0 &&
                   evolution.step->value > evolution.step->limit;
  bool isByNumber = !isByParam && claim.eigenvalues &&
                    claim.eigenvalues->isNonPositive() &&
                    std::isfinite(claim.eigenvalues->low());
  if (!isByParam && !isByNumber)
    return false;
  double times = isByParam ? evolution.step->value / evolution.step->limit
                           : claim.eigenvalues->low() / -2;
  Diagnostic &diagnostic = warn(Error::StepTooLarge, range, shortNumber(times),
                                claim.statement >= analysis::Statement::Range
                                    ? field + " or its largest value"
                                    : field);
  noteOperators(diagnostic, file, evolution);
  if (isByParam)
    diagnostic.help("use " + evolution.step->param + " = " +
                    roundedDown(evolution.step->limit) + " at most");
  else
    diagnostic.help("use a step of " + roundedDown(1 / times) +
                    " times this one at most");
  return true;
}

void Teller::tell(const EvolutionCertificate &evolution) {
  if (evolution.holds())
    return;
  SourceRange range = restOfLine(file, evolution.place);
  if (!evolution.claims.empty()) {
    if (tellLongStep(evolution))
      return;
    if (evolution.claims.front().theorem == analysis::Theorem::TwoLevels) {
      noteOperators(warn(Error::RootsOutside, range, fieldsOf(evolution)), file,
                    evolution);
      return;
    }
  }
  if (!certify)
    return;
  Diagnostic &diagnostic =
      diagnostics.report(Error::NotCertified, range, fieldsOf(evolution));
  if (!evolution.obstacle.empty())
    diagnostic.note(restOfLine(file, evolution.obstaclePlace),
                    evolution.obstacle);
}

/// Numbers that are asked for and that no proof gives.
static void tell(const SourceFile &file,
                 const std::vector<analysis::UnboundedRate> &rates,
                 DiagnosticEngine &found) {
  for (size_t i = 0; i < rates.size(); ++i) {
    const analysis::UnboundedRate &rate = rates[i];
    // optimal asks for two numbers, and a function may be evaluated again.
    auto isSame = [&](const analysis::UnboundedRate &other) {
      return other.place == rate.place && other.reason == rate.reason;
    };
    if (std::any_of(rates.begin(), rates.begin() + i, isSame))
      continue;
    found.report(Error::RateUnbounded, restOfLine(file, rate.place))
        .note(restOfLine(file, rate.reasonPlace), rate.reason);
  }
}

/// Derivatives that do not exist.
static void tell(const SourceFile &file,
                 const std::vector<gradient::Obstacle> &obstacles,
                 DiagnosticEngine &found) {
  for (const gradient::Obstacle &obstacle : obstacles)
    found
        .report(Error::NoDerivative,
                restOfLine(file, analysis::placeAt(obstacle.gradient)))
        .note(restOfLine(file, analysis::placeAt(obstacle.place)),
              obstacle.reason);
}

bool evaluate(mlir::ModuleOp scheme, const SourceFile &file,
              DiagnosticEngine &found) {
  tell(file, analysis::evaluateRates(scheme), found);
  if (!found.hasErrors())
    tell(file, gradient::differentiate(scheme), found);
  return !found.hasErrors();
}

void tell(const analysis::Certificate &certificate, const SourceFile &file,
          bool certify, DiagnosticEngine &found) {
  Teller teller(file, found, certify);
  for (const EvolutionCertificate &evolution : certificate.evolutions)
    teller.tell(evolution);
}

bool Script::tell(const analysis::Certificate &certificate, bool certify,
                  Failure &failure) const {
  DiagnosticEngine found;
  driver::tell(certificate, *source, certify, found);
  return report(found, failure);
}

} // namespace pdec::driver
