//===- TunedFile.cpp - shapes of tiles that were measured -----------------===//

#include "compiler/driver/TunedFile.h"
#include "compiler/exporters/Onnx.h"
#include "compiler/support/TileShape.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"

#include <map>
#include <optional>

namespace pdec::driver {

namespace {

/// Something that shapes are measured for.
struct Condition {
  const char *name;
  std::string value;
  const char *refusal; ///< {0} is the file's value, {1} this one
};

} // namespace

static constexpr const char *tilesName = "tiles";
/// Where the cost model's own were the fastest.
static constexpr const char *chosenWord = "chosen";

static std::vector<Condition> conditionsOf(const Options &options) {
  return {{"script", exporters::hexDigest(options.text),
           "it is of another script, or of one that has changed since"},
          {"compiler", "pdec " PDEC_VERSION, "it is of {0}, and this is {1}"},
          {"machine", llvm::sys::getHostCPUName().str(),
           "it was measured on {0}, and this machine is {1}"},
          {"march", options.march, "it is for --march {0}, not {1}"},
          {"precision", options.isF32 ? "f32" : "f64",
           "it is for --precision {0}, not {1}"}};
}

std::string tunedText(const Options &options, const std::string &tiles,
                      const std::vector<std::string> &notes) {
  std::string name = llvm::sys::path::filename(options.file).str();
  std::string text =
      "# Shapes of tiles of " + name + " by pdec tune; --tuned takes them.\n";
  for (const std::string &note : notes)
    text += "# " + note + "\n";
  for (const Condition &condition : conditionsOf(options))
    text += condition.name + (": " + condition.value) + "\n";
  return text + tilesName + ": " + (tiles.empty() ? chosenWord : tiles) + "\n";
}

/// The values of a file's lines by their names; nothing if it is no such file.
static std::optional<std::map<std::string, std::string>>
valuesIn(llvm::StringRef text) {
  std::map<std::string, std::string> values;
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    line = line.trim();
    if (line.empty() || line.starts_with("#"))
      continue;
    auto [name, value] = line.split(": ");
    if (value.empty() || !values.emplace(name.str(), value.trim().str()).second)
      return std::nullopt;
  }
  return values;
}

/// What is wrong with a file's values, or nothing; else `tiles` are set.
static std::string problemOf(std::map<std::string, std::string> values,
                             const Options &options, std::string &tiles) {
  static const std::string noFile = "it is no file of pdec tune";
  std::vector<Condition> conditions = conditionsOf(options);
  bool isWhole = values.size() == conditions.size() + 1;
  for (const Condition &condition : conditions)
    isWhole &= values.count(condition.name) > 0;
  if (!isWhole || !values.count(tilesName))
    return noFile;
  for (const Condition &condition : conditions)
    if (std::string found = values[condition.name]; found != condition.value)
      return llvm::formatv(condition.refusal, found, condition.value);
  tiles = values[tilesName] == chosenWord ? "" : values[tilesName];
  return readTileShapes(tiles) ? "" : noFile;
}

bool takeTuned(Options &options, Failure &failure) {
  if (options.tuned.empty())
    return true;
  std::string text, problem = readText(options.tuned, text);
  if (problem.empty()) {
    auto values = valuesIn(text);
    problem = problemOf(values.value_or(std::map<std::string, std::string>()),
                        options, options.tiles);
  }
  if (problem.empty())
    return true;
  failure = {1, "cannot take the tiles of '" + options.tuned + "': " + problem +
                    "; 'pdec tune' makes another"};
  return false;
}

} // namespace pdec::driver
