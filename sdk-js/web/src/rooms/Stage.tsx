import { useLayoutEffect, useRef, useState, type ReactElement } from "react";
import { columnsFor, tileWidth } from "./grid.js";
import { Tile, type TileModel, type TileProps } from "./Tile.js";

export interface StageProps {
  readonly tiles: readonly TileModel[];
  /** Shown large, the others small; undefined = all alike. */
  readonly large: TileModel | undefined;
  readonly pinnedKey: string | undefined;
  readonly onPin: (key: string) => void;
  readonly onHeight: TileProps["onHeight"];
}

/** All pictures: alike in a grid, or one large above a strip of the others. */
export function Stage({ tiles, large, pinnedKey, onPin, onHeight }: StageProps): ReactElement {
  const tile = (it: TileModel): ReactElement => (
    <Tile
      tile={it}
      isPinned={it.key === pinnedKey}
      onHeight={onHeight}
      onPin={() => {
        onPin(it.key);
      }}
    />
  );
  if (!large) return <Grid tiles={tiles} tile={tile} />;
  const others = tiles.filter(({ key }) => key !== large.key);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-2">
      <div key={large.key} className="min-h-0 flex-1">
        {tile(large)}
      </div>
      {others.length > 0 && (
        <div
          role="region"
          aria-label="Others"
          tabIndex={0}
          className="flex h-24 shrink-0 gap-2 overflow-x-auto md:h-32"
        >
          {others.map((it) => (
            <div key={it.key} className="aspect-video h-full shrink-0">
              {tile(it)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

interface GridProps {
  readonly tiles: readonly TileModel[];
  readonly tile: (tile: TileModel) => ReactElement;
}

function Grid({ tiles, tile }: GridProps): ReactElement {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, []);
  const columns = columnsFor(tiles.length, size.width, size.height);
  const width = tileWidth(tiles.length, columns, size.width, size.height);
  return (
    <div ref={element} className="flex min-h-0 min-w-0 flex-1 flex-wrap content-center justify-center gap-2">
      {tiles.map((it) => (
        <div key={it.key} className="aspect-video" style={{ width }}>
          {tile(it)}
        </div>
      ))}
    </div>
  );
}
