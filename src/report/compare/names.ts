import type { Report } from '../../model/report.js';

/** As a server calls itself; its address where it does not say. */
export function serverName({ target }: Report): string {
  const words = [target.name, target.version].filter((word) => word !== undefined && word.trim() !== '');
  return words.length === 0 ? target.url : words.join(' ');
}

/** A name for each report; those that are alike are told apart by a number. */
export function columnNames(reports: readonly Report[]): readonly string[] {
  const names = reports.map(serverName);
  return names.map((name, i) => {
    const alike = names.filter((other) => other === name).length;
    return alike === 1 ? name : `${name} (${names.slice(0, i + 1).filter((other) => other === name).length})`;
  });
}
