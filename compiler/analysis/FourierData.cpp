//===- FourierData.cpp - fields that do not depend on the iterate ---------===//

#include "compiler/analysis/FourierData.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pdec::analysis::fourier {

std::optional<Cell> Taps::source(const Cell &cell, size_t tap) const {
  Cell made;
  for (unsigned axis = 0; axis < maxRank; ++axis) {
    int64_t offset = offsets[tap][axis];
    switch (kind) {
    case Apply:
    case Restrict:
      made[axis] = stride[axis] * cell[axis] + offset;
      break;
    case Adjoint:
    case Prolong:
      made[axis] = cell[axis] - offset;
      if (made[axis] % stride[axis] != 0)
        return std::nullopt;
      made[axis] /= stride[axis];
      break;
    }
  }
  return made;
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

Body::Body(Block &block) : numArguments(block.getNumArguments()) {
  llvm::DenseMap<Value, unsigned> places;
  for (auto [place, argument] : llvm::enumerate(block.getArguments()))
    places[argument] = unsigned(place);
  auto isInside = [&](Value value) { return value.getParentBlock() == &block; };
  for (Operation &op : block)
    for (Value operand : op.getOperands())
      if (!isInside(operand) && places.try_emplace(operand, firstStep()).second)
        captured.push_back(operand);
  for (Operation &op : block.without_terminator()) {
    Step step{&op, {}};
    for (Value operand : op.getOperands())
      step.args.push_back(places.lookup(operand));
    places[op.getResult(0)] = firstStep() + unsigned(steps.size());
    steps.push_back(std::move(step));
  }
  result = places.lookup(block.getTerminator()->getOperand(0));
}

//===----------------------------------------------------------------------===//
// Kinds of data
//===----------------------------------------------------------------------===//

namespace {

class ConstantData : public Data {
public:
  explicit ConstantData(Number number) { everywhere = number; }
  Number compute(const Cell &) override { return *everywhere; }
};

class CoordinateData : public Data {
public:
  CoordinateData(unsigned axis, Number first, Number spacing)
      : axis(axis), first(first), spacing(spacing) {}
  Number compute(const Cell &cell) override {
    return {first.value + double(cell[axis]) * spacing.value,
            first.isKnown && spacing.isKnown};
  }

private:
  unsigned axis;
  Number first, spacing;
};

class TapsData : public Data {
public:
  TapsData(Taps taps, DataRef argument)
      : taps(std::move(taps)), argument(std::move(argument)) {
    const auto &constant = this->argument->constant();
    bool isProlong = this->taps.kind == Taps::Prolong;
    if (constant && (constant->is(0) || !constant->isKnown || !isProlong))
      everywhere = constant->isKnown ? compute({0, 0, 0}) : *constant;
  }
  Number compute(const Cell &cell) override {
    Number sum;
    for (size_t tap = 0; tap < taps.offsets.size(); ++tap) {
      auto source = taps.source(cell, tap);
      if (!source)
        continue;
      Number read = argument->at(*source);
      if (read.is(0))
        continue;
      sum.value += taps.weights[tap].value * read.value;
      sum.isKnown &= read.isKnown && taps.weights[tap].isKnown;
    }
    return sum;
  }

private:
  Taps taps;
  DataRef argument;
};

class MapData : public Data {
public:
  MapData(const Body &body, std::vector<DataRef> arguments,
          std::vector<Number> captured, Draws &draws)
      : body(body), arguments(std::move(arguments)),
        captured(std::move(captured)), draws(draws) {
    if (llvm::all_of(this->arguments, [](const DataRef &argument) {
          return argument->constant().has_value();
        }))
      everywhere = compute({0, 0, 0});
  }
  Number compute(const Cell &cell) override {
    std::vector<Number> values;
    values.reserve(body.firstStep() + body.steps.size());
    for (const DataRef &argument : arguments)
      values.push_back(argument->at(cell));
    values.insert(values.end(), captured.begin(), captured.end());
    SmallVector<Number, 4> args;
    for (const Body::Step &step : body.steps) {
      args.clear();
      for (unsigned arg : step.args)
        args.push_back(values[arg]);
      values.push_back(valueOf(*step.op, args, draws));
    }
    return values[body.result];
  }

private:
  const Body &body;
  std::vector<DataRef> arguments;
  std::vector<Number> captured;
  Draws &draws;
};

} // namespace

Number Data::at(const Cell &cell) {
  if (everywhere)
    return *everywhere;
  auto [place, isNew] = known.try_emplace(cell);
  // What is computed may ask this field for other cells: none in a loop.
  if (isNew)
    place->second = compute(cell);
  return place->second;
}

DataRef Data::ofNumber(Number number) {
  return std::make_shared<ConstantData>(number);
}
DataRef Data::ofCoordinate(unsigned axis, Number first, Number spacing) {
  return std::make_shared<CoordinateData>(axis, first, spacing);
}
DataRef Data::ofTaps(Taps taps, DataRef argument) {
  return std::make_shared<TapsData>(std::move(taps), std::move(argument));
}
DataRef Data::ofMap(const Body &body, std::vector<DataRef> arguments,
                    std::vector<Number> captured, Draws &draws) {
  return std::make_shared<MapData>(body, std::move(arguments),
                                   std::move(captured), draws);
}

} // namespace pdec::analysis::fourier
