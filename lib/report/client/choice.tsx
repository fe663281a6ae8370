/// <reference lib="dom" />
/**
 * A choice among names.
 * @module
 */

/** Undefined where nothing is chosen. One that is not there stands as it was asked for. */
export function Choice({ label, value, none, options, onChange }: {
  readonly label: string;
  readonly value: string | undefined;
  readonly none: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string | undefined) => void;
}) {
  const isKnown = value === undefined || options.some(([one]) => one === value);
  return (
    <select
      class="plain"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      <option value="">{none}</option>
      {!isKnown && <option value={value}>{`${value} 0`}</option>}
      {options.map(([one, text]) => <option key={one} value={one}>{text}</option>)}
    </select>
  );
}
