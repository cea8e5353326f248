## サーバーの統計

command-statistics = サーバー統計
    .description = このサーバーに集まった曲と、誰が何を共有しているかを表示します
    .me = 自分
    .me-description = このサーバーの統計にあなたの名前を出すかどうか
    .me-show = 自分を表示する
    .me-hide = 自分を表示しない

statistics-title = このサーバーの音楽
statistics-empty = ここにはまだ何も集まっていません。`/プレイリスト 作成` でプレイリストを作り、曲を追加し、私の答えの下で投票すると、ここに表示されます。
statistics-numbers = { $playlists } · { $tracks } · { $votes }
statistics-playlists = プレイリスト{ NUMBER($count) }件
statistics-tracks = { NUMBER($count) }曲
statistics-votes = { NUMBER($count) }票
statistics-week-title = 今週のジャンル
statistics-week-none = この7日間に追加された曲はありません。
statistics-week-no-genre = この7日間に追加された曲には、まだジャンルがありません。
statistics-genre = { $genre }（{ $count }）
statistics-agreed-title = 最も意見が一致した曲
statistics-agreed = { $track } · { $all }人中{ $count }人が**{ $genre }**
statistics-agreed-none = まだ2人以上の意見が一致した曲はありません。
statistics-disputed-title = 最も意見が分かれた曲
statistics-disputed-most = { $track } · 私の答えは{ $heard }、{ $all }人中{ $count }人は別の意見で、最も多いのは**{ $genre }**
statistics-disputed-few = { $track } · 私の答えは**{ $heard }**、{ $all }人中{ $count }人は別の意見
statistics-disputed = { $track } · 最も多い**{ $genre }**に対し、{ $all }人中{ $count }人は別の意見
statistics-disputed-none = 意見が分かれた曲はありません。
statistics-shares-title = 誰が何を共有しているか
statistics-share = { $who } · { $tracks }：{ $genres }
statistics-share-no-genre = { $who } · { $tracks }
statistics-others = ほかの全員
statistics-footer = /サーバー統計 自分 で、ここに自分を表示するかどうかを選べます。
statistics-picture = 棒グラフの画像。この7日間のジャンル：{ $week }。誰が何を共有しているか：{ $shares }。
statistics-hidden = このサーバーの統計と得点表に、もうあなたの名前は出しません。あなたの曲は、ほかの人の曲と合わせて引き続き数えます。
statistics-shown = これから、このサーバーの統計と得点表にあなたの名前を出します。
