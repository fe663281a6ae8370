/**
 * The fields of a Llama `config.json` that have no effect on what is computed here, with the reason. A field that is
 * neither here nor read nor null is refused (`checkFields`), because it may be one that changes the results. The lists
 * follow `LlamaConfig` and `PreTrainedConfig` of huggingface/transformers 4 and 5 and published checkpoints.
 * @module
 */
import { GENERATION_FIELDS } from "./generation_config.ts";

const WITHOUT_EFFECT = {
  "says where the file is from": [
    "_name_or_path",
    "name_or_path",
    "_commit_hash",
    "transformers_version",
    "unsloth_version",
    "unsloth_fixed",
    "is_llama_config",
    "license",
  ],
  "is checked when the folder is opened": ["architectures"],
  "names classes and settings of other programs": [
    "auto_map",
    "transformers.js_config",
    "tokenizer_class",
    "_attn_implementation",
    "_attn_implementation_autoset",
    "_flash_attn_2_enabled",
    "attn_implementation",
  ],
  "is the number format of the file; weights become float32": ["dtype", "torch_dtype"],
  "is what a call returns, or how it spreads the same computation": [
    "output_attentions",
    "output_hidden_states",
    "return_dict",
    "use_cache",
    "torchscript",
    "chunk_size_feed_forward",
    "pretraining_tp",
    "gradient_checkpointing",
  ],
  "is for training from scratch, or dropout that its own trainer would use": [
    "initializer_range",
    "attention_dropout",
    "hidden_dropout",
    "classifier_dropout",
    "use_bfloat16",
    "tf_legacy_loss",
  ],
  "is for heads of classifiers": [
    "id2label",
    "label2id",
    "num_labels",
    "problem_type",
    "finetuning_task",
    "task_specific_params",
  ],
  "is of the tokenizer": [
    "prefix",
    "sep_token_id",
    "unk_token_id",
    "mask_token_id",
    "decoder_start_token_id",
  ],
  "is not read by any Llama implementation": [
    "is_decoder",
    "max_sequence_length",
    "cross_attention_hidden_size",
  ],
  "is how to decode, and looked at there": GENERATION_FIELDS,
} as const;

/** The names alone. */
export const FIELDS_WITHOUT_EFFECT: readonly string[] = Object.values(WITHOUT_EFFECT).flat();

/** Fields that would have an effect with another value than this. */
export const ONE_VALUE_FIELDS: Readonly<Record<string, unknown>> = {
  add_cross_attention: false,
  is_encoder_decoder: false,
  partial_rotary_factor: 1,
  pruned_heads: {},
  qkv_bias: false,
  rope_interleaved: false,
  tie_encoder_decoder: false,
  use_qk_norm: false,
  use_sliding_window: false,
};
