/** Id of the option of a task in the hidden list of the dots. */
export function optionId(taskId: string): string {
  return `dot-${taskId}`;
}
