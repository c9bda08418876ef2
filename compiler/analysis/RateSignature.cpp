//===- RateSignature.cpp - what a bound of a rate is a bound of -----------===//

#include "compiler/analysis/RateSignature.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <iterator>

namespace pdec::analysis {

using Kind = ExpressionKind;
using Texts = std::multiset<std::string>;

/// Names outlive copies of a module; what has none is itself.
std::string sharedText(mlir::Value value) {
  if (auto input = value.getDefiningOp<pde::InputOp>())
    return input.getName().str();
  if (auto param = value.getDefiningOp<pde::ParamOp>())
    return param.getName().str();
  if (auto size = value.getDefiningOp<pde::SizeOp>())
    return size.getGrid().str() + '.' + std::to_string(size.getAxis());
  return '%' + llvm::utohexstr(uintptr_t(value.getAsOpaquePointer()));
}

std::string sharedText(const StepReader &reader, ExpressionRef number) {
  if (number->isConstant())
    return number->constant.key();
  std::string text;
  llvm::ArrayRef<ExpressionRef> args = number->args;
  if (number->kind == Kind::Atom) {
    const Atom &atom = reader.atom(number->atom);
    text = sharedText(atom.array ? atom.array : atom.number);
    args = atom.indices;
  } else {
    text = 'k' + std::to_string(int(number->kind));
  }
  text += '(';
  for (ExpressionRef arg : args)
    text += sharedText(reader, arg) + ',';
  return text + ')';
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

void Factors::add(const StepReader &reader, ExpressionRef number,
                  bool isBelow) {
  if (number->isConstant()) {
    known = isBelow ? known / number->constant : known * number->constant;
    return;
  }
  switch (number->kind) {
  case Kind::Neg:
    known = -known;
    return add(reader, number->args[0], isBelow);
  case Kind::ToReal:
    return add(reader, number->args[0], isBelow);
  case Kind::Mul:
  case Kind::Div:
    add(reader, number->args[0], isBelow);
    return add(reader, number->args[1], (number->kind == Kind::Div) != isBelow);
  default: {
    std::string text = sharedText(reader, number);
    (isBelow ? below : above).insert(text);
    meanings.emplace(std::move(text), number);
  }
  }
}

Factors Factors::of(const StepReader &reader, ExpressionRef number) {
  Factors made;
  made.add(reader, number, /*isBelow=*/false);
  return made;
}

static Texts common(const Texts &a, const Texts &b) {
  Texts made;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::inserter(made, made.end()));
  return made;
}

void Factors::intersect(const Factors &other) {
  above = common(above, other.above);
  below = common(below, other.below);
}

static Texts without(const Texts &a, const Texts &b) {
  Texts made;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(),
                      std::inserter(made, made.end()));
  return made;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

void RateSignature::add(std::string what, ExpressionRef factor, double gain) {
  Term made{std::move(what), Factors::of(reader, factor)};
  made.factors.known *= Interval(gain);
  terms.push_back(std::move(made));
}

/// What the terms are but for what all of them are multiplied by, and that.
std::pair<std::string, Factors> RateSignature::parts() const {
  Factors all = terms.front().factors;
  for (const Term &term : terms)
    all.intersect(term.factors);
  std::string shape;
  for (const Term &term : terms) {
    // Equal quotients are equal numbers, whatever both were multiplied by.
    double share = (term.factors.known / all.known).middle();
    shape += term.what + '*' + llvm::utohexstr(llvm::bit_cast<uint64_t>(share));
    for (const std::string &text : without(term.factors.above, all.above))
      shape += '*' + text;
    for (const std::string &text : without(term.factors.below, all.below))
      shape += '/' + text;
    shape += ';';
  }
  return {std::move(shape), std::move(all)};
}

std::string RateSignature::text() const {
  auto [shape, all] = parts();
  uint64_t known = llvm::bit_cast<uint64_t>(all.known.low());
  return shape + '\n' + llvm::join(all.above, "\t") + '\n' +
         llvm::join(all.below, "\t") + '\n' + std::to_string(known);
}

static Texts textsIn(llvm::StringRef joined) {
  llvm::SmallVector<llvm::StringRef> split;
  joined.split(split, '\t', -1, /*KeepEmpty=*/false);
  Texts made;
  for (llvm::StringRef text : split)
    made.insert(text.str());
  return made;
}

/// What is left of a product if it is divided by what a bound is of, and
/// multiplied by the bound: an upper bound. Nothing, if the bound is not in it.
static std::optional<Interval> quotientOf(const Factors &all,
                                          llvm::StringRef shape,
                                          const StepReader &reader,
                                          Numbers &numbers) {
  for (const std::string &text : all.below) {
    ExpressionRef number = all.meanings.at(text);
    if (number->kind != Kind::Atom)
      continue;
    llvm::SmallVector<llvm::StringRef> lines;
    llvm::StringRef(reader.atom(number->atom).bounds).split(lines, '\n');
    uint64_t bits = 0;
    if (lines.size() != 4 || lines[0] != shape ||
        lines[3].getAsInteger(10, bits))
      continue;
    Texts above = textsIn(lines[1]), below = textsIn(lines[2]);
    below.insert(text);
    if (below != all.below || !without(above, all.above).empty())
      continue;
    // The bound itself is larger than exact by more than is rounded here.
    Interval multiple = all.known / Interval(llvm::bit_cast<double>(bits));
    for (const std::string &left : without(all.above, above))
      multiple *= numbers.rangeOf(all.meanings.at(left));
    return multiple;
  }
  return std::nullopt;
}

std::optional<Interval> RateSignature::boundedBy(Numbers &numbers) const {
  if (terms.empty())
    return std::nullopt;
  auto [shape, all] = parts();
  if (auto found = quotientOf(all, shape, reader, numbers))
    return found;
  // The lesser of two numbers is at most either.
  for (const std::string &text : Texts(all.above)) {
    ExpressionRef least = all.meanings.at(text);
    if (least->kind != Kind::Min || !numbers.rangeOf(least).isNonNegative())
      continue;
    for (ExpressionRef arg : least->args) {
      Factors other = all;
      other.above.erase(other.above.find(text));
      other.add(reader, arg, /*isBelow=*/false);
      if (auto found = quotientOf(other, shape, reader, numbers))
        return found;
    }
  }
  return std::nullopt;
}

} // namespace pdec::analysis
