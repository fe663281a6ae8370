/** The command line of `deno task generate`, run as a user runs it: with the permissions of the task. @module */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { exportLlama, initLlama } from "../../lib/model/llama/model.ts";
import { llamaConfig } from "../../lib/model/llama/config.ts";
import { stream } from "../../lib/random.ts";
import { testWithStories, withFolder } from "./_models.ts";

async function generate(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const task: string = JSON.parse(Deno.readTextFileSync("deno.json")).tasks.generate.command;
  const command = new Deno.Command(Deno.execPath(), { args: [...task.split(" ").slice(1), ...args] });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** A checkpoint with fresh weights and a tokenizer of single letters. */
function writeCheckpoint(folder: string): void {
  const letters = [..."abcdefghijklmnopqrstuvwxyz "];
  const vocab = Object.fromEntries(["<s>", "</s>", ...letters].map((token, id) => [token, id]));
  const tokenizer = {
    version: "1.0",
    added_tokens: [0, 1].map((id) => ({
      id,
      content: ["<s>", "</s>"][id],
      special: true,
      normalized: false,
    })),
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: "Fuse" },
    model: { type: "BPE", vocab, merges: [], unk_token: null },
  };
  const config = llamaConfig({
    hidden_size: 32,
    intermediate_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    vocab_size: 29,
    max_position_embeddings: 32,
    bos_token_id: 0,
  });
  exportLlama(folder, initLlama(config, stream(2, "cli")), { json: { "tokenizer.json": tokenizer } });
}

Deno.test("deno task generate prints continuations as text and as JSON, with and without the cache", async () => {
  await withFolder(async (folder) => {
    writeCheckpoint(folder);
    const asked = [
      "--model",
      folder,
      "--prompt",
      "hello",
      "--prompt",
      "a b",
      "--max-tokens",
      "5",
      "--threads",
      "1",
    ];
    const text = await generate(...asked);
    strictEqual(text.code, 0, text.err);
    const json = await generate(...asked, "--json");
    const answers = JSON.parse(json.out);
    deepStrictEqual(answers.map(({ prompt }: { prompt: string }) => prompt), ["hello", "a b"]);
    strictEqual(answers.map(({ text }: { text: string }) => text + "\n").join(""), text.out);
    for (const { ids, finish_reason } of answers) deepStrictEqual([ids.length, finish_reason], [5, "length"]);
    deepStrictEqual(JSON.parse((await generate(...asked, "--json", "--no-cache")).out), answers);
  });
});

Deno.test("deno task generate answers mistakes with one line and exit code 2", async () => {
  await withFolder(async (folder) => {
    const mistakes: [string[], RegExp][] = [
      [["--modell", folder, "--prompt", "a"], /^Unknown option "--modell": did you mean "--model"\?/],
      [["--model", folder], /^Required option "--prompt <text>" is missing$/],
      [
        ["--model", `${folder}/none`, "--prompt", "a"],
        /^Cannot open checkpoint ".*none": there is no such folder$/,
      ],
      [["--model", folder, "--prompt", "a", "--max-tokens", "x"], /^Cannot use "x" for --max-tokens/],
    ];
    for (const [args, message] of mistakes) {
      const { code, out, err } = await generate(...args);
      deepStrictEqual([code, out], [2, ""]);
      match(err.trimEnd(), message);
      strictEqual(err.trimEnd().includes("\n"), false, err);
    }
  });
});

testWithStories("the example in the head of generate_cli.ts goes on in English", async (folder) => {
  const source = Deno.readTextFileSync("lib/cli/generate.ts");
  const example = source.match(/^ \* {5}deno task generate (.*)$/m)![1]!;
  const args = example.match(/"[^"]*"|\S+/g)!.map((arg) => arg.replaceAll('"', ""));
  const here = args.map((arg) => (arg.endsWith("/stories15M") ? folder : arg));
  const { code, out, err } = await generate(...here);
  const story = ", there was a little girl named Lily. She loved to play outside in the sunshine.";
  deepStrictEqual([code, out.startsWith(story), err], [0, true, ""], out);
});

Deno.test("deno task generate stops and begins as generation_config.json says, and says what it does not follow", async () => {
  await withFolder(async (folder) => {
    writeCheckpoint(folder);
    const asked = ["--model", folder, "--prompt", "hello", "--max-tokens", "6", "--threads", "1", "--json"];
    const [free] = JSON.parse((await generate(...asked)).out);
    const asks = { eos_token_id: [1, free.ids[3]], repetition_penalty: 1.3, temperature: 0.5 };
    Deno.writeTextFileSync(`${folder}/generation_config.json`, JSON.stringify(asks));
    const { code, out, err } = await generate(...asked);
    strictEqual(code, 0, err);
    const [stopped] = JSON.parse(out);
    const expected = free.ids.slice(0, free.ids.indexOf(free.ids[3]));
    deepStrictEqual([stopped.ids, stopped.finish_reason], [expected, "stop"]);
    match(
      err,
      /^Decoding greedily, without what ".*generation_config.json" asks for: repetition_penalty 1.3\n$/,
    );
  });
});

testWithStories("with --tokenizer llama2 stories15M goes on in English", async (folder) => {
  const prompt = "Once upon a time, there was a little";
  const args = ["--model", folder, "--tokenizer", "llama2", "--prompt", prompt, "--max-tokens", "5"];
  const { code, out, err } = await generate(...args);
  deepStrictEqual([code, out, err], [0, " girl named Lily.\n", ""]);
});

Deno.test("deno task generate --temperature samples, the same for a seed, and says what it cannot", async () => {
  await withFolder(async (folder) => {
    writeCheckpoint(folder);
    const sample = (...more: string[]) =>
      generate("--model", folder, "--prompt", "hello", "--prompt", "hello", "--max-tokens", "12", ...more);
    const [one, again, other, greedy] = await Promise.all([
      sample("--temperature", "1.5"),
      sample("--temperature", "1.5", "--seed", "1"),
      sample("--temperature", "1.5", "--seed", "2"),
      sample(),
    ]);
    strictEqual(one.code, 0, one.err);
    strictEqual(again.out, one.out);
    strictEqual(new Set([one.out, other.out, greedy.out]).size, 3);
    const [first, second] = one.out.split("\n");
    ok(first !== second, "each prompt has a stream of its own");
    for (
      const [more, message] of [
        [["--temperature", "0"], /Cannot use "0" for --temperature: expected a number above 0/],
        [["--temperature", "1", "--no-cache"], /Cannot sample with --no-cache/],
      ] as const
    ) {
      const { code, err } = await sample(...more);
      strictEqual(code, 2);
      match(err, message);
    }
  });
});
