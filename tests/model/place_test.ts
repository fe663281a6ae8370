/** A checkpoint's folder by its name: the first folder of models that has it, else where it belongs. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join, resolve } from "node:path";
import { modelsFolders } from "../../lib/method/source/worlds.ts";
import { checkpointPlace } from "../../lib/model/checkpoint/place.ts";

Deno.test("a name is looked for in every folder of models, in order", () => {
  const root = Deno.makeTempDirSync();
  try {
    const [own, shared] = [join(root, "own"), join(root, "shared")];
    Deno.mkdirSync(join(shared, "llm"), { recursive: true });
    strictEqual(checkpointPlace("llm", [own, shared]), join(shared, "llm"));
    strictEqual(checkpointPlace("llm", own), join(own, "llm"));
    Deno.mkdirSync(join(own, "llm"), { recursive: true });
    strictEqual(checkpointPlace("llm", [own, shared]), join(own, "llm"));
    // What is nowhere belongs into the first; a path is itself.
    strictEqual(checkpointPlace("other", [own, shared]), join(own, "other"));
    strictEqual(checkpointPlace("./llm", [own, shared]), resolve("llm"));
    strictEqual(checkpointPlace("/a/llm", [own, shared]), "/a/llm");
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("checkpoints lie in the project's models, then beside the data; --models is the only place where it is given", () => {
  deepStrictEqual(modelsFolders({}), ["models", join("..", "shared", "models")]);
  deepStrictEqual(modelsFolders({ data: "/d/sets" }), ["models", "/d/models"]);
  deepStrictEqual(modelsFolders({ data: "/d/sets", models: "/m" }), ["/m"]);
});
