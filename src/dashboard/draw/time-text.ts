/**
 * An instant of virtual time, as exact as `step` (ns) asks: `12 s`, `12.35 s`, `1:20`, `1:02:03`,
 * `1:20.5`; before the first second `350 ms`.
 */
export function timeText(at: number, step = 1e6): string {
  const decimals = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step / 1e9) - 1e-9)));
  if (at < 60e9) return `${(at / 1e9).toFixed(decimals)} s`;
  const whole = Number((at / 1e9).toFixed(decimals));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const seconds = (whole % 60).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0');
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}
