//===- VerifyProof.cpp - both forms on symbols ----------------------------===//

#include "compiler/symbolic/Interpreter.h"
#include "compiler/verify/Verifier.h"

#include "llvm/Support/FormatVariadic.h"

namespace pdec::driver {

static std::string textOf(mlir::Location loc) {
  if (auto place = mlir::dyn_cast<mlir::FileLineColLoc>(loc))
    return llvm::formatv("{0}:{1}:{2}", place.getFilename().str(),
                         place.getLine(), place.getColumn())
        .str();
  return "a place that is not known";
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
  std::optional<std::string> place = placeOfDifference(sizes);
  if (!place)
    return Proof::None;
  if (place->empty())
    return Proof::Equal;
  tell(*place);
  return Proof::Different;
}

std::optional<std::string> Verifier::placeOfDifference(const GridSizes &sizes) {
  try {
    return differenceOnSymbols(sizes);
  } catch (const symbolic::Expressions::Unprovable &obstacle) {
    unprovable = obstacle.reason;
    return std::nullopt;
  }
}

/// Where two expressions part, in the script.
static std::string partingText(const symbolic::Expressions &expressions,
                               symbolic::ExprId kernel,
                               symbolic::ExprId network) {
  auto [mine, theirs] = expressions.difference(kernel, network);
  std::string first = textOf(mine), second = textOf(theirs);
  return "they part at " + first +
         (first == second ? ""
                          : " in the kernel, " + second + " in the network");
}

/// Empty if both forms compute the same expressions in every cell, and the same
/// conditions of loops.
std::string Verifier::differenceOnSymbols(const GridSizes &sizes) {
  symbolic::Expressions expressions;
  symbolic::Setting integers{sizes.all(), twoSteps(interface)};
  std::vector<std::vector<symbolic::ExprId>> outputs[2];
  std::vector<symbolic::ExprId> conditions[2];
  for (int form : {0, 1}) {
    symbolic::Interpreter interpreter(*lowered[form].module, interface,
                                      integers, expressions);
    outputs[form] = interpreter.run();
    conditions[form] = interpreter.trace();
  }
  for (auto [kernel, network] : llvm::zip(conditions[0], conditions[1]))
    if (kernel != network)
      return llvm::formatv("kernel and network decide differently on when a "
                           "loop ends ({0}, {1} cells); {2}",
                           setting, sizes.text(),
                           partingText(expressions, kernel, network));
  if (conditions[0].size() != conditions[1].size())
    return llvm::formatv("kernel and network make loops of different lengths "
                         "({0}, {1} cells)",
                         setting, sizes.text());
  for (size_t port = 0; port < interface.outputs.size(); ++port) {
    const auto &output = interface.outputs[port];
    for (int64_t cell = 0; cell < output.count(sizes.all()); ++cell) {
      auto kernel = outputs[0][port][cell], network = outputs[1][port][cell];
      if (kernel == network)
        continue;
      return llvm::formatv(
          "kernel and network compute different expressions ({0}, {1} cells, "
          "cell {2} of '{3}'); {4}",
          setting, sizes.text(), sizes.cellText(output, cell), output.name,
          partingText(expressions, kernel, network));
    }
  }
  return "";
}

/// Where a difference that data have shown comes from, as a line for a message;
/// empty if symbols do not tell. Large sizes would take long, so that the ones
/// of the proof stand in for them.
std::string Verifier::originOfDifference(const GridSizes &sizes) {
  constexpr int64_t mostCells = 5000;
  std::vector<GridSizes> candidates = sizesToProve(interface);
  if (sizes.mostCells() <= mostCells)
    candidates.insert(candidates.begin(), sizes);
  for (const GridSizes &candidate : candidates) {
    std::string place = placeOfDifference(candidate).value_or("");
    if (!place.empty())
      return "\n  " + place;
  }
  return "";
}

} // namespace pdec::driver
