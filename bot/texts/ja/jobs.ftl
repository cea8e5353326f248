## インポートなど、時間のかかる処理

command-playlist-import = インポート
    .description = プレイリスト、アルバム、ファイルの曲をすべて追加します
    .link = リンク
    .link-description = 曲の一覧へのリンク
    .file = ファイル
    .file-description = M3U8、XSPF、JSPF、CSV、JSON Linesのリスト
command-playlist-retag = 聴き直し
    .description = 今のモデルがまだ聴いていない曲を聴きます
command-playlist-imports = インポート一覧
    .description = インポートとその進み具合を表示します

job-title-import = { $playlist }へのインポート
job-title-retag = { $playlist }の聴き直し
job-listing = どの曲があるか調べています…
job-now = 🎧 { $title }
job-left = 残り約{ $time }
job-paused = ⏸️ 一時停止中
job-paused-by-trouble = ほかの曲でも同じことになりそうなので、待っています。「**再開**」を押すと、止まった曲をもう一度試し、また失敗したら外して先に進みます。
job-added = { $count }曲を追加
job-heard = { $count }曲を聴き直し
job-known = { $count }曲は追加済み
job-failed = { $count }曲は失敗
job-waiting = 残り{ $count }曲
job-not-begun = { $count }曲は未着手
job-is-done = **すべて終わりました。**
job-was-cancelled = **キャンセルしました。**それまでの結果は残ります。
job-has-failed = **続けられませんでした。**それまでの結果は残ります。
job-left-out = ほかに{ $count }曲を省きました：重複しているか、非公開、ライブ配信、または別のサイトの曲です。
job-cut-off = まだ続きがありますが、調べるのは最初の{ $count }曲までです。残りは別のリストからインポートしてください。
job-took = 所要時間：{ $time }。
job-failures = { $count }曲は失敗しました：
job-more-failures = すべては{ $file }にあります。
job-state-listing = 調査中
job-state-running = 実行中
job-state-paused = 一時停止中
job-state-cancelled = キャンセル済み
job-state-done = 完了
job-state-failed = 途中で終了
job-moved = 続きは新しいメッセージにあります：{ $link }

jobs-title = このサーバーのインポート
jobs-none = まだ何もインポートされていません。`/プレイリスト インポート` で始められます。
retag-nothing = **{ $playlist }**の曲は、もうすべて今できるかぎり聴いてあるので、することはありません。

button-job-pause = 一時停止
button-job-resume = 再開
button-job-cancel = キャンセル
