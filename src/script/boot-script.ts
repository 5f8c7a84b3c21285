import { KERNELS, kernelNamed, policyNamed } from '../machine/kernels.ts';
import { DEFAULT_OPTIONS, type MachineOptions, policyIn } from '../machine/machine.ts';

/**
 * Which of memcg's own scripts (fixtures/) boots a machine of these options: each policy has its own, with
 * the same marks in its own knobs. Where nobody reclaims in the background there are no marks to set.
 */
export function bootScriptName(options: Partial<MachineOptions>): string {
  const ofKernel = KERNELS[kernelNamed(options.kernel ?? DEFAULT_OPTIONS.kernel)].boot;
  if (ofKernel !== null) return ofKernel;
  const { name, boot } = policyNamed(policyIn(options));
  return boot ?? `boot-${name}.memcg`;
}
