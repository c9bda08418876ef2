//===- DotNames.cpp - numerical names of layers ---------------------------===//

#include "compiler/exporters/DotNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <optional>

using namespace mlir;

namespace pdec::exporters {

static std::string numberText(double value) {
  return llvm::formatv("{0}", llvm::format("%.6g", value));
}

static std::optional<double> constantOf(Value value) {
  FloatAttr real;
  if (matchPattern(value, m_Constant(&real)))
    return real.getValueAsDouble();
  IntegerAttr integer;
  if (matchPattern(value, m_Constant(&integer)))
    return double(integer.getInt());
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

/// How strongly an operation binds: sums 1, products 2, everything else 3.
struct Formula {
  std::string text;
  int binding;
};

static Formula formula(Value value, int depth);

static Formula infix(Operation *op, int depth, const char *sign, int binding) {
  Formula a = formula(op->getOperand(0), depth - 1);
  Formula b = formula(op->getOperand(1), depth - 1);
  auto enclosed = [](const Formula &part, int least) {
    return part.binding < least ? "(" + part.text + ")" : part.text;
  };
  // The right side of a difference or quotient is enclosed if it is a sum or
  // product itself.
  bool commutes = *sign == '*' || sign[1] == '+';
  return {enclosed(a, binding) + sign +
              enclosed(b, binding + (commutes ? 0 : 1)),
          binding};
}

static Formula formula(Value value, int depth) {
  if (auto constant = constantOf(value))
    return {numberText(*constant), *constant < 0 ? 1 : 3};
  Operation *op = value.getDefiningOp();
  if (!op)
    return {cast<BlockArgument>(value).getArgNumber() == 0 ? "k" : "s", 3};
  if (auto param = dyn_cast<pde::ParamOp>(op))
    return {param.getName().str(), 3};
  if (auto size = dyn_cast<pde::SizeOp>(op))
    return {"N", 3};
  if (auto reduce = dyn_cast<net::ReduceOp>(op))
    return {pde::stringifyReduction(reduce.getKind()).str(), 3};
  if (isa<net::EntryOp>(op))
    return {"w", 3};
  if (depth == 0)
    return {"...", 3};
  if (isa<arith::AddFOp, arith::AddIOp>(op))
    return infix(op, depth, " + ", 1);
  if (isa<arith::SubFOp, arith::SubIOp>(op))
    return infix(op, depth, " - ", 1);
  if (isa<arith::MulFOp, arith::MulIOp>(op))
    return infix(op, depth, "*", 2);
  if (isa<arith::DivFOp>(op))
    return infix(op, depth, "/", 2);
  if (isa<arith::SIToFPOp, arith::TruncFOp, arith::ExtFOp>(op))
    return formula(op->getOperand(0), depth);
  return {"...", 3};
}

std::string formulaOf(Value scalar) {
  Formula made = formula(scalar, 4);
  if (made.text.size() > 32)
    return "...";
  return made.binding < 2 ? "(" + made.text + ")" : made.text;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// What is applied at the start of a text: `D` of `D(u)` and of `D'(p)`.
static llvm::StringRef appliedName(llvm::StringRef text) {
  llvm::StringRef name = text.take_while(
      [](char c) { return llvm::isAlnum(c) || c == '_' || (c & 0x80); });
  text = text.drop_front(name.size());
  return text.starts_with("(") || text.starts_with("'") ? name : "";
}

std::string nameAt(Location place, const LineOf &lineOf) {
  auto file = dyn_cast<FileLineColLoc>(place);
  if (!file)
    return "";
  std::string text = lineOf(file.getFilename(), file.getLine());
  llvm::StringRef line = text;
  llvm::StringRef applied = appliedName(line.drop_front(
      std::min<size_t>(std::max(1u, file.getColumn()) - 1, line.size())));
  if (!applied.empty())
    return applied.str();
  line = line.ltrim();
  if (!line.consume_front("let ") && !line.consume_front("fun "))
    return "";
  return line.take_until([](char c) { return llvm::is_contained(" =(:", c); })
      .str();
}

std::string weightsText(net::WeightsOp weights) {
  std::string text;
  if (weights.getResult().getType().getRank() > 1 ||
      weights.getValues().size() > 7)
    return std::to_string(weights.getValues().size()) + " taps";
  for (Value value : weights.getValues())
    text += (text.empty() ? "" : " ") + formula(value, 4).text;
  return "[" + text + "]";
}

std::string operatorName(net::WeightsOp weights) {
  std::string taps;
  unsigned rank = weights.getResult().getType().getRank();
  int axis = -1;
  for (auto [offset, value] :
       llvm::zip(weights.getOffsets().getAsRange<DenseI64ArrayAttr>(),
                 weights.getValues())) {
    int64_t along = 0;
    for (unsigned i = 0; i < rank; ++i) {
      if (offset[i] == 0)
        continue;
      if (axis >= 0 && axis != int(i))
        return weights.getValues().size() == 2 * rank + 1 ? "Laplacian" : "";
      axis = i;
      along = offset[i];
    }
    auto constant = constantOf(value);
    if (!constant)
      return "";
    taps += std::to_string(along) + ":" + numberText(*constant) + " ";
  }
  return llvm::StringSwitch<std::string>(taps)
      .Case("0:-1 1:1 ", "forward difference")
      .Case("-1:-1 0:1 ", "backward difference")
      .Cases("-1:-1 1:1 ", "-1:-0.5 1:0.5 ", "central difference")
      .Case("-1:1 0:-2 1:1 ", "second difference")
      .Default("");
}

std::string sidesText(ArrayAttr margins) {
  std::vector<std::string> kinds;
  for (auto margin : margins.getAsRange<net::MarginAttr>())
    for (auto kind : {margin.getLowKind(), margin.getHighKind()}) {
      std::string text = meaningOf(kind).keyword;
      if (!llvm::is_contained(kinds, text))
        kinds.push_back(text);
    }
  return llvm::join(kinds, " and ") + " sides";
}

} // namespace pdec::exporters
