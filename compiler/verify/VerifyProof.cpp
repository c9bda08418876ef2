//===- VerifyProof.cpp - both forms on symbols ----------------------------===//

#include "compiler/symbolic/Interpreter.h"
#include "compiler/verify/Verifier.h"

#include "llvm/Support/FormatVariadic.h"

namespace pdec::driver {

static std::string textOf(mlir::Location loc) {
  std::string place = pde::placeText(loc);
  return place.empty() ? "a place that is not known" : place;
}

/// Integer parameters of a symbolic run: two steps show whatever many do.
static std::vector<int64_t> twoSteps(const pde::Interface &interface) {
  std::vector<int64_t> integers;
  for (const auto &param : interface.params) {
    bool isLegal = 2 >= param.low && 2 <= param.high;
    integers.push_back(isLegal ? std::min<int64_t>(param.integer, 2)
                               : param.integer);
  }
  return integers;
}

Verifier::Proof Verifier::prove(const GridSizes &sizes) {
  std::optional<std::string> place = placeOfDifference(network, sizes);
  if (!place)
    return Proof::None;
  if (place->empty())
    return Proof::Equal;
  tell(*place);
  return Proof::Different;
}

std::optional<std::string> Verifier::placeOfDifference(const Product &other,
                                                       const GridSizes &sizes) {
  try {
    return differenceOnSymbols(other, sizes);
  } catch (const symbolic::Expressions::Unprovable &obstacle) {
    unprovable = obstacle.reason;
    return std::nullopt;
  }
}

/// Where an expression of the kernel and one of another product part, in the
/// script.
static std::string partingText(const symbolic::Expressions &expressions,
                               symbolic::ExprId mine, symbolic::ExprId theirs,
                               llvm::StringRef other) {
  auto [here, there] = expressions.difference(mine, theirs);
  std::string first = textOf(here), second = textOf(there);
  return llvm::formatv(first == second ? "they part at {0}"
                                       : "they part at {0} in the kernel, {1} "
                                         "in the {2}",
                       first, second, other);
}

/// Empty if both compute the same expressions in every cell, and the same
/// conditions of loops.
std::string Verifier::differenceOnSymbols(const Product &other,
                                          const GridSizes &sizes) {
  symbolic::Expressions expressions;
  symbolic::Setting integers{sizes.all(), twoSteps(interface)};
  std::vector<std::vector<symbolic::ExprId>> outputs[2];
  std::vector<symbolic::ExprId> conditions[2];
  for (int which : {0, 1}) {
    const Product &product = which == 0 ? kernel : other;
    symbolic::Interpreter interpreter(*product.lowered.module, interface,
                                      integers, expressions);
    outputs[which] = interpreter.run();
    conditions[which] = interpreter.trace();
  }
  for (auto [mine, theirs] : llvm::zip(conditions[0], conditions[1]))
    if (mine != theirs)
      return llvm::formatv(
          "kernel and {0} decide differently on when a loop ends ({1}, {2} "
          "cells); {3}",
          other.name, setting, sizes.text(),
          partingText(expressions, mine, theirs, other.name));
  if (conditions[0].size() != conditions[1].size())
    return llvm::formatv("kernel and {0} make loops of different lengths "
                         "({1}, {2} cells)",
                         other.name, setting, sizes.text());
  std::vector<pde::Interface::Port> ports = interface.results();
  for (size_t port = 0; port < ports.size(); ++port) {
    const auto &output = ports[port];
    if (outputs[0][port].size() != outputs[1][port].size())
      return llvm::formatv(
          "kernel and {0} record '{1}' differently often ({2}, "
          "{3} cells)",
          other.name, output.name, setting, sizes.text());
    for (size_t cell = 0; cell < outputs[0][port].size(); ++cell) {
      auto mine = outputs[0][port][cell], theirs = outputs[1][port][cell];
      if (mine == theirs)
        continue;
      return llvm::formatv(
          "kernel and {0} compute different expressions ({1}, {2} cells, "
          "cell {3} of '{4}'); {5}",
          other.name, setting, sizes.text(), sizes.cellText(output, cell),
          output.name, partingText(expressions, mine, theirs, other.name));
    }
  }
  return "";
}

/// Where a difference that data have shown comes from, as a line for a message;
/// empty if symbols do not tell. Large sizes would take long, so that the ones
/// of the proof stand in for them.
std::string Verifier::originOfDifference(const Product &other,
                                         const GridSizes &sizes) {
  constexpr int64_t mostCells = 5000;
  std::vector<GridSizes> candidates = sizesToProve(interface);
  if (sizes.mostCells() <= mostCells)
    candidates.insert(candidates.begin(), sizes);
  for (const GridSizes &candidate : candidates) {
    std::string place = placeOfDifference(other, candidate).value_or("");
    if (!place.empty())
      return "\n  " + place;
  }
  return "";
}

} // namespace pdec::driver
