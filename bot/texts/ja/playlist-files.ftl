## ファイルとしてのプレイリスト

command-playlist-export = エクスポート
    .description = プレイリストを、プレーヤーで読めるファイルで渡します
    .format = 形式
    .format-description = ファイルの種類。指定しなければM3U8

playlist-exported =
    { $tracks ->
        [0] **{ $name }**を{ $kind }で書き出しました。まだ曲は入っていません。
       *[other] **{ $name }**（{ $tracks }曲）を{ $kind }で書き出しました。
    }
import-notes = このファイルには、そのままでは取り込めなかったところが{ $count }件あります（英語）：
import-more-notes = 気づいたことはすべて{ $file }にあります。
