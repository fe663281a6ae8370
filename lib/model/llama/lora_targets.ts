/**
 * The linear layers of a Llama layer, as peft names them.
 * @module
 */
export const LORA_TARGETS = [
  ...["q_proj", "k_proj", "v_proj", "o_proj"] as const,
  ...["gate_proj", "up_proj", "down_proj"] as const,
] as const;
