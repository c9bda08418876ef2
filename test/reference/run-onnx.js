// Runs models: run-onnx.js PACKAGE LIST. Each line of LIST names a model, and
// a JSON file with the name, type, shape and cells of each input. The outputs
// go to standard output, a line of JSON for each model.
const fs = require("fs");
const [, , directory, list] = process.argv;
const ort = require(directory);

async function main() {
  for (const line of fs.readFileSync(list, "utf8").trim().split("\n")) {
    const [model, data] = line.split(" ");
    const feeds = {};
    for (const input of JSON.parse(fs.readFileSync(data, "utf8")))
      feeds[input.name] = new ort.Tensor(input.type, input.cells, input.shape);
    const session = await ort.InferenceSession.create(model);
    const found = {};
    for (const [name, tensor] of Object.entries(await session.run(feeds)))
      found[name] = Array.from(tensor.data);
    console.log(JSON.stringify(found));
  }
}

main();
