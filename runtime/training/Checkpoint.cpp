//===- Checkpoint.cpp - a training as it stands after an epoch ------------===//

#include "runtime/training/Checkpoint.h"
#include "runtime/files/Npy.h"
#include "runtime/files/Npz.h"
#include "runtime/files/Publish.h"
#include "runtime/system/Text.h"

#include <algorithm>

using namespace pdert;

static void writeArchive(const std::string &path,
                         const std::vector<NpzArray> &arrays) {
  auto tell = [&](const std::string &reason) {
    return format("cannot write %s: %s", quoted(path).c_str(), reason.c_str());
  };
  try {
    AtomicFile file(path);
    writeNpz(file, arrays);
    file.close();
    publishTogether({&file},
                    [&](size_t, const std::string &reason) { return reason; });
  } catch (const Failure &failure) {
    throw Failure{tell(failure.message)};
  }
}

int64_t Checkpoint::bestEpoch() const {
  auto best = std::min_element(validation.begin(), validation.end());
  return best == validation.end() ? 0 : best - validation.begin() + 1;
}

void pdert::writeCheckpoint(const std::string &path,
                            const Checkpoint &checkpoint) {
  const TrainingState &state = checkpoint.state;
  int64_t count = state.weights.size();
  double numbers[] = {double(checkpoint.seed), double(checkpoint.batch),
                      double(checkpoint.samples), double(checkpoint.identity)};
  std::vector<NpzArray> arrays = {
      {"training", {4}, numbers},
      {"losses", {int64_t(checkpoint.losses.size())}, checkpoint.losses.data()},
      {"weights", {count}, state.weights.data()}};
  for (size_t i = 0; i < state.memory.size(); ++i)
    arrays.push_back(
        {"state" + std::to_string(i + 1), {count}, state.memory[i].data()});
  if (checkpoint.validates()) {
    arrays.push_back({"validation",
                      {int64_t(checkpoint.validation.size())},
                      checkpoint.validation.data()});
    arrays.push_back({"best", {count}, checkpoint.best.data()});
  }
  writeArchive(path, arrays);
}

void pdert::writeWeights(const std::string &path, const Training &training,
                         const std::vector<double> &weights) {
  std::vector<NpzArray> arrays;
  for (const TrainedWeight &weight : training.weights)
    arrays.push_back(
        {weight.name, weight.shape, weights.data() + weight.offset});
  writeArchive(path, arrays);
}

namespace {

/// The arrays of an archive, by name.
class Archive {
public:
  explicit Archive(const std::string &path)
      : file(path), entries(listNpz(file)) {}

  /// `count` numbers, or as many as there are.
  std::vector<double> read(const std::string &name, int64_t count) const {
    for (const NpzEntry &entry : entries)
      if (entry.name == name)
        return read(entry, count);
    fail("it lacks '%s'", name.c_str());
  }

private:
  File file;
  std::vector<NpzEntry> entries;

  std::vector<double> read(const NpzEntry &entry, int64_t count) const {
    pde_grid grid = {};
    grid.name = entry.name.c_str();
    grid.rank = 1;
    auto numbers = openNpy(File(file, entry.offset, entry.length), grid);
    int64_t found = numbers->sizes()[0];
    if (count >= 0 && found != count)
      fail("'%s' in it has %lld numbers, not %lld", grid.name,
           static_cast<long long>(found), static_cast<long long>(count));
    std::vector<double> values(found);
    numbers->read(values.data(), PDE_F64);
    return values;
  }
};

} // namespace

static void requireSame(const char *what, double found, int64_t wanted) {
  if (found != double(wanted))
    fail("it is of a training with another %s: %.17g, not %lld", what, found,
         static_cast<long long>(wanted));
}

void pdert::readCheckpoint(const std::string &path, Checkpoint &checkpoint) {
  try {
    Archive archive(path);
    std::vector<double> numbers = archive.read("training", 4);
    requireSame("seed", numbers[0], checkpoint.seed);
    requireSame("batch", numbers[1], checkpoint.batch);
    requireSame("number of samples", numbers[2], checkpoint.samples);
    if (numbers[3] != double(checkpoint.identity))
      fail("it is of another training: the script, the precision, parameters "
           "or sizes differ");
    TrainingState &state = checkpoint.state;
    int64_t count = state.weights.size();
    state.weights = archive.read("weights", count);
    for (size_t i = 0; i < state.memory.size(); ++i)
      state.memory[i] = archive.read("state" + std::to_string(i + 1), count);
    checkpoint.losses = archive.read("losses", -1);
    if (checkpoint.validates()) {
      checkpoint.best = archive.read("best", count);
      checkpoint.validation =
          archive.read("validation", int64_t(checkpoint.losses.size()));
    }
  } catch (const Failure &failure) {
    fail("cannot resume from %s: %s", quoted(path).c_str(),
         failure.message.c_str());
  }
}
