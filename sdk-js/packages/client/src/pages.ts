/** One page and the cursor of the next; an empty cursor ends. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string;
}

/** All items of all pages; the next page is read when it is wanted. */
export async function* eachItem<T>(read: (cursor: string) => Promise<Page<T>>): AsyncIterableIterator<T> {
  let cursor = "";
  do {
    const page = await read(cursor);
    yield* page.items;
    cursor = page.next;
  } while (cursor !== "");
}
