//===- FourierMaps.cpp - pointwise functions on frequencies ---------------===//
//
// A map of the iterate must be a sum of fields of waves, each with a factor
// from cell to cell; it is found by going through the map's body once, with all
// cells of a period at a time.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/FourierReader.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis::fourier {

/// A value in a map's body: a sum of its arguments with factors, or data.
struct Reader::CellValue {
  std::map<unsigned, Factors> terms;
  Factors data;
  bool isState = false;
};

const Body &Reader::bodyOf(MapOp op) {
  auto &place = bodies[op];
  if (!place)
    place = std::make_unique<Body>(op.getBody().front());
  return *place;
}

void Reader::readMap(MapOp op) {
  const Body &body = bodyOf(op);
  Key key;
  bool isState = false;
  for (Value field : op.getFields()) {
    const Quantity &read = of(field);
    isState |= std::holds_alternative<StateRef>(read);
    const auto *data = std::get_if<DataRef>(&read);
    key.push_back(data ? *data : DataRef());
  }
  for (Value captured : body.captured)
    key.push_back(numberOf(captured));
  std::vector<DataRef> fields;
  std::vector<Number> numbers;
  for (auto &part : key)
    if (auto *data = std::get_if<DataRef>(&part))
      fields.push_back(*data);
    else
      numbers.push_back(std::get<Number>(part));
  Made &known = madeOf(op, std::move(key));
  if (!isState) {
    if (!known.data)
      known.data =
          Data::ofMap(body, std::move(fields), std::move(numbers), draws);
    return set(op.getResult(), known.data);
  }
  if (!known.value) {
    auto found = std::make_shared<CellValue>(valueOfCells(op));
    if (failed())
      return;
    known.value = found;
  }
  set(op.getResult(), sumOf(*known.value, op));
}

//===----------------------------------------------------------------------===//
// Factors
//===----------------------------------------------------------------------===//

/// Cells of a period, then those of some others.
static std::vector<Cell> sampledCells(const Period &period, unsigned rank) {
  std::vector<Cell> shifts = {{0, 0, 0}, {0, 0, 0}};
  for (unsigned axis = 0; axis < rank; ++axis) {
    shifts[1][axis] = -3 * period.size[axis];
    shifts.push_back({0, 0, 0});
    shifts.back()[axis] = period.size[axis];
  }
  std::vector<Cell> made;
  for (const Cell &shift : shifts)
    for (size_t index = 0; index < period.numCells(); ++index) {
      Cell cell = period.cell(index);
      for (unsigned axis = 0; axis < maxRank; ++axis)
        cell[axis] += shift[axis];
      made.push_back(cell);
    }
  return made;
}

const Reader::Factors &Reader::sample(const DataRef &data,
                                      const Period &period) {
  auto [place, isNew] = samples.try_emplace(data.get());
  Factors &factors = place->second.second;
  if (!isNew)
    return factors;
  place->second.first = data;
  // A field of numbers that were drawn is not known, either.
  auto add = [&](Number number) {
    factors.push_back(number.isKnown ? number : Number{NAN, false});
  };
  if (data->constant()) {
    add(*data->constant());
    return factors;
  }
  for (const Cell &cell : sampledCells(period, levels.rank))
    add(data->at(cell));
  return factors;
}

std::optional<Reason> Reader::faultOf(const Factors &factors,
                                      size_t numCells) const {
  for (const Number &factor : factors)
    if (!factor.isUsable() || factor.isOfIterate ||
        (!factor.isKnown && !draws.areMade()))
      return Reason{"what it carries is multiplied by data that are not known, "
                    "or by what is made of it"};
  for (size_t place = numCells; place < factors.size(); ++place) {
    double here = factors[place % numCells].value, there = factors[place].value;
    if (std::abs(here - there) > 1e-9 * std::abs(here))
      return Reason{"what it carries is multiplied by a factor that differs "
                    "from cell to cell",
                    nullptr, /*isPeriodTooShort=*/true};
  }
  return std::nullopt;
}

/// An operation on factors, in each cell.
Reader::Factors Reader::combine(Operation &op, ArrayRef<const Factors *> args) {
  size_t count = 1;
  for (const Factors *arg : args)
    count = std::max(count, arg->size());
  Factors made;
  made.reserve(count);
  SmallVector<Number, 4> numbers;
  for (size_t place = 0; place < count; ++place) {
    numbers.clear();
    for (const Factors *arg : args)
      numbers.push_back((*arg)[arg->size() == 1 ? 0 : place]);
    made.push_back(valueOf(op, numbers, draws));
  }
  return made;
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

Reader::CellValue Reader::valueOfCells(MapOp op) {
  const Body &body = bodyOf(op);
  Period period = periodOf(op.getResult().getType());
  std::vector<CellValue> values;
  values.reserve(body.firstStep() + body.steps.size());
  for (auto [place, field] : llvm::enumerate(op.getFields())) {
    CellValue value;
    Quantity read = of(field);
    if (const auto *data = std::get_if<DataRef>(&read)) {
      value.data = sample(*data, period);
    } else {
      value.isState = true;
      value.terms[unsigned(place)] = {Number{1}};
      value.data = {Number{0}};
    }
    values.push_back(std::move(value));
  }
  for (Value captured : body.captured) {
    CellValue value;
    value.data = {numberOf(captured)};
    values.push_back(std::move(value));
  }
  for (const Body::Step &step : body.steps) {
    SmallVector<const CellValue *, 4> args;
    for (unsigned arg : step.args)
      args.push_back(&values[arg]);
    values.push_back(valueOfStep(*step.op, args));
    if (failed())
      return {};
  }
  return values[body.result];
}

/// A function of waves is their sum with factors, or nothing is said. The data
/// that are added do not matter: errors do not meet them.
Reader::CellValue Reader::valueOfStep(Operation &op,
                                      ArrayRef<const CellValue *> args) {
  CellValue made;
  made.isState =
      llvm::any_of(args, [](const CellValue *arg) { return arg->isState; });
  if (!made.isState) {
    SmallVector<const Factors *, 4> numbers;
    for (const CellValue *arg : args)
      numbers.push_back(&arg->data);
    made.data = combine(op, numbers);
    return made;
  }
  made.data = {Number{0}};
  const Factors none = {Number{0}};
  auto termOf = [&](const CellValue &value, unsigned place) {
    auto found = value.terms.find(place);
    return found == value.terms.end() ? &none : &found->second;
  };
  std::set<unsigned> places;
  for (const CellValue *arg : args)
    for (const auto &term : arg->terms)
      places.insert(term.first);
  bool isSum = isa<arith::AddFOp, arith::SubFOp, arith::NegFOp, arith::ExtFOp,
                   arith::TruncFOp>(op);
  bool isChoice = isa<arith::SelectOp>(op) && !args[0]->isState;
  bool isProduct =
      isa<arith::MulFOp>(op) && !(args[0]->isState && args[1]->isState);
  bool isQuotient = isa<arith::DivFOp>(op) && !args[1]->isState;
  if (!isSum && !isChoice && !isProduct && !isQuotient) {
    obstruct("a pass is not linear", &op);
    return made;
  }
  for (unsigned place : places) {
    SmallVector<const Factors *, 4> numbers;
    for (const CellValue *arg : args) {
      // A sum is one of each term; the others have the data as they are.
      bool isData = !isSum && !arg->isState && !(isChoice && arg != args[0]);
      numbers.push_back(isData ? &arg->data : termOf(*arg, place));
    }
    made.terms[place] = combine(op, numbers);
  }
  return made;
}

StateRef Reader::sumOf(const CellValue &value, MapOp op) {
  Period period = periodOf(op.getResult().getType());
  auto sum = std::make_shared<State>(space.sizeOf(period));
  for (const auto &[place, factors] : value.terms) {
    if (auto fault = faultOf(factors, period.numCells())) {
      fault->op = op;
      if (!first)
        first = std::move(fault);
      return sum;
    }
    std::vector<double> numbers;
    for (size_t cell = 0; cell < std::min(factors.size(), period.numCells());
         ++cell)
      numbers.push_back(factors[cell].value);
    const auto *field = std::get_if<StateRef>(&of(op.getFields()[place]));
    space.add(*sum, numbers, **field);
  }
  return sum;
}

} // namespace pdec::analysis::fourier
