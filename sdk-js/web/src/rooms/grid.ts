const RATIO = 16 / 9;

/** How many columns make `count` tiles of 16 : 9 largest in this space. */
export function columnsFor(count: number, width: number, height: number, gap = 8): number {
  let best = { columns: 1, area: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const tileWidth = Math.min((width - gap * (columns - 1)) / columns, ((height - gap * (rows - 1)) / rows) * RATIO);
    if (tileWidth > best.area) best = { columns, area: tileWidth };
  }
  return best.columns;
}

/** The largest width of a 16 : 9 tile when `count` of them stand in `columns`. */
export function tileWidth(count: number, columns: number, width: number, height: number, gap = 8): number {
  const rows = Math.max(1, Math.ceil(count / columns));
  const free = Math.min((width - gap * (columns - 1)) / columns, ((height - gap * (rows - 1)) / rows) * RATIO);
  return Math.max(0, Math.floor(free));
}
